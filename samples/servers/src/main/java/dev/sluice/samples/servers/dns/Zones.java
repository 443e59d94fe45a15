package dev.sluice.samples.servers.dns;

import dev.sluice.samples.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * The zones that a server has authority for. A zone starts at every SOA record. Without an SOA
 * record, the whole tree from the root is one zone, and a name that is not listed does not exist.
 * Immutable, so several servers can share it.
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
   * Reads a master file (RFC 1035, section 5): records of any type, {@code $ORIGIN}, {@code $TTL}
   * and {@code $GENERATE}. The TTL is 300 seconds where the file gives none.
   *
   * @throws IllegalArgumentException if the text breaks the format; the message says where
   */
  public static Zones parse(String text) {
    return ZoneFile.parse("zone", text);
  }

  /** As {@link #parse}, from a file in UTF-8. */
  public static Zones ofFile(Path file) throws IOException {
    return ZoneFile.parse(file.toString(), TextFile.read(file));
  }

  /** Zones with these names. Each has an IPv4 address that is derived from the name. */
  public static Zones ofNames(Iterable<String> names) {
    ZonesBuilder zones = new ZonesBuilder();
    names.forEach(name -> zones.list(WireName.of(name)));
    return zones.build();
  }

  /**
   * As {@link #ofNames}, from a file with one name a line. Empty lines and lines that start with
   * {@code #} are skipped.
   *
   * @throws IllegalArgumentException if a line is not a name; the message says which
   */
  public static Zones ofNamesIn(Path file) throws IOException {
    ZonesBuilder zones = new ZonesBuilder();
    try (BufferedReader lines = TextFile.open(file)) {
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

  /** How many names exist, including those that exist only because others are below them. */
  int count() {
    return names.size();
  }

  /** The records of a name in wire form, or null if it does not exist. */
  @Nullable ZoneNode at(byte[] name, int from, int to) {
    int number = names.find(name, from, to);
    return number < 0 ? null : nodes.get(number);
  }

  /** The offset in a name where the apex of its zone begins, or -1 if no zone holds the name. */
  int apex(byte[] name, int length) {
    if (traits.onlyRoot()) {
      return length - 1;
    }
    for (int at = 0; at < length; at = parent(name, at)) {
      ZoneNode node = at(name, at, length);
      if (node != null && node.find(Type.SOA) != null) {
        return at;
      }
    }
    return -1;
  }

  /** The offset in a name where an ancestor with a DNAME record begins (RFC 6672), or -1. */
  int dname(byte[] name, int length, int apex) {
    if (traits.dnames()) {
      for (int at = parent(name, 0); at <= apex; at = parent(name, at)) {
        ZoneNode node = at(name, at, length);
        if (node != null && node.listed(Type.DNAME) != null) {
          return at;
        }
      }
    }
    return -1;
  }

  /** The wildcard that answers for a name that does not exist (RFC 4592), or null. */
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

  /** The offset of the label after this one; the length of the name after the root label. */
  static int parent(byte[] name, int at) {
    return at + 1 + name[at];
  }
}
