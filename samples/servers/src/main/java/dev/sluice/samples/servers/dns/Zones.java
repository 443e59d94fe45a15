package dev.sluice.samples.servers.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows. A zone starts at every SOA record; without any, the whole tree from the root
 * is one zone, and what is not listed does not exist.
 */
public final class Zones {
  private final NameTable names;
  private final List<ZoneNode> nodes;
  private final ZonesBuilder.Traits traits;

  Zones(NameTable names, List<ZoneNode> nodes, ZonesBuilder.Traits traits) {
    this.names = names;
    this.nodes = nodes;
    this.traits = traits;
  }

  /**
   * Zones as a master file has them (RFC 1035, section 5), of A, AAAA, CNAME, DNAME, NS, SOA and
   * TXT records.
   *
   * @throws IllegalArgumentException if a line makes no sense; the message says which, and why
   */
  public static Zones parse(String text) {
    try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
      return new ZoneFile("zone").read(lines);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  /** As {@link #parse}, from a file. */
  public static Zones ofFile(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return new ZoneFile(file.toString()).read(lines);
    }
  }

  /** These names, each with an address made up from it. */
  public static Zones ofNames(Iterable<String> names) {
    ZonesBuilder zones = new ZonesBuilder();
    names.forEach(name -> zones.list(WireName.of(name)));
    return zones.build();
  }

  /**
   * A name a line; empty lines and those that start with {@code #} do not count.
   *
   * @throws IllegalArgumentException if a line is no name; the message says which
   */
  public static Zones ofNamesIn(Path file) throws IOException {
    ZonesBuilder zones = new ZonesBuilder();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String name = line.strip();
        if (!name.isEmpty() && !name.startsWith("#")) {
          zones.list(name(name, file, number));
        }
      }
    }
    return zones.build();
  }

  private static byte[] name(String name, Path file, int line) {
    try {
      return WireName.of(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " line " + line + ": " + e.getMessage(), e);
    }
  }

  /** How many names there are, those that exist only because others end with them included. */
  int count() {
    return names.size();
  }

  /** What is known of a name that lies in an array, or null. */
  @Nullable ZoneNode at(byte[] name, int from, int to) {
    int number = names.find(name, from, to);
    return number < 0 ? null : nodes.get(number);
  }

  /** Where in a name the nearest zone above begins, or -1 if none is served. */
  int apex(byte[] name, int length) {
    if (traits.onlyRoot()) {
      return length - 1;
    }
    for (int at = 0; at < length; at = parent(name, at)) {
      ZoneNode node = at(name, at, length);
      if (node != null && node.find(RecordType.SOA.code()) != null) {
        return at;
      }
    }
    return -1;
  }

  /** Where in a name a part begins whose DNAME replaces it (RFC 6672), or -1. */
  int dname(byte[] name, int length, int apex) {
    if (traits.dnames()) {
      for (int at = parent(name, 0); at <= apex; at = parent(name, at)) {
        ZoneNode node = at(name, at, length);
        if (node != null && node.listed(RecordType.DNAME) != null) {
          return at;
        }
      }
    }
    return -1;
  }

  /** What stands for a name that is not there: the wildcard below what exists (RFC 4592). */
  @Nullable ZoneNode wildcard(byte[] name, int length, int apex) {
    if (traits.wildcards()) {
      for (int at = parent(name, 0); at <= apex; at = parent(name, at)) {
        if (at(name, at, length) != null) {
          byte[] wildcard = new byte[length - at + 2];
          wildcard[0] = 1;
          wildcard[1] = '*';
          System.arraycopy(name, at, wildcard, 2, length - at);
          return at(wildcard, 0, wildcard.length);
        }
      }
    }
    return null;
  }

  /** Where the name's part after the label at a place begins; beyond its end after the root. */
  static int parent(byte[] name, int at) {
    return at + 1 + name[at];
  }
}
