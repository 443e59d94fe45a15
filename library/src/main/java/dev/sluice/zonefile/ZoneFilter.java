package dev.sluice.zonefile;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import dev.sluice.dns.DomainName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The names that a registry has delegated, in about 1.15 bytes each. It finds in a tenth of a
 * microsecond that a name is not among them, before a server is asked.
 *
 * <pre>{@code
 * ZoneFilter.write(Path.of("com.txt.gz"), Path.of("com.filter"));
 * ZoneFilter com = ZoneFilter.open(Path.of("com.filter"));
 * Flowable<DomainName> rest = candidates.filter(name -> !com.mayContain(name));
 * }</pre>
 *
 * <p>{@link #mayContain} is true for each name of the zone, and for one in 256 of the others. A
 * name that is not in the zone is not yet free: a registry keeps registered names without name
 * servers, and reserved ones, out of its zone. Ask for it by {@link dev.sluice.dns.Domains} or
 * RDAP.
 *
 * <p>Registries give their zone files to subscribers, most of them through ICANN's CZDS. The file
 * of the filter is mapped into memory: the heap does not grow with it.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class ZoneFilter {
  private final String zone;
  private final long names;
  private final Instant asOf;
  private final long bytes;
  private final FuseFilter[] blocks;
  private final int blockShift;
  private final String suffix;

  ZoneFilter(String zone, long names, Instant asOf, long bytes, List<FuseFilter> blocks) {
    this.zone = zone;
    this.names = names;
    this.asOf = asOf;
    this.bytes = bytes;
    this.blocks = blocks.toArray(FuseFilter[]::new);
    this.blockShift = Long.SIZE - Integer.numberOfTrailingZeros(blocks.size());
    this.suffix = zone.isEmpty() ? "" : "." + zone;
  }

  /**
   * Makes the filter of a zone file. It takes some 60 MB of heap, and in the folder of the filter 8
   * bytes for each name while it runs. The filter gets its name when it is whole. Blocks; an
   * interrupt ends it.
   *
   * @param zoneFile in the format of RFC 1035, section 5.1, that begins with the SOA record; may be
   *     compressed by gzip; {@code $INCLUDE} and {@code $GENERATE} are refused
   * @param filter the file to write; replaced if there is one
   * @return the filter, open
   * @throws IllegalArgumentException both are the same file
   * @throws ZoneFileException the file is no zone file, or ends too early
   * @throws IOException a file cannot be read or written, or the thread was interrupted
   */
  public static ZoneFilter write(Path zoneFile, Path filter) throws IOException {
    requireNonNull(filter, "filter");
    if (Files.exists(filter) && Files.isSameFile(zoneFile, filter)) {
      throw new IllegalArgumentException("filter: " + filter + ", must not be the zone file");
    }
    try (InputStream in = Compressed.open(requireNonNull(zoneFile, "zoneFile"))) {
      String source = TerminalText.escaped(zoneFile.toString());
      return write(in, source, Files.getLastModifiedTime(zoneFile).toInstant(), filter);
    }
  }

  /**
   * Makes the filter of a zone file, as {@link #write(Path, Path)} does.
   *
   * @param zoneFile the text of the file; not closed
   * @param source its name, for messages
   * @param asOf when the registry made it
   * @param filter the file to write; replaced if there is one
   * @return the filter, open
   * @throws ZoneFileException the file is no zone file, or ends too early
   * @throws IOException a file cannot be read or written, or the thread was interrupted
   */
  public static ZoneFilter write(InputStream zoneFile, String source, Instant asOf, Path filter)
      throws IOException {
    requireNonNull(source, "source");
    requireNonNull(asOf, "asOf");
    return FilterFile.write(new ZoneFileReader(zoneFile, source), asOf, filter.toAbsolutePath());
  }

  /**
   * {@return the filter in a file}
   *
   * @param filter a file that {@link #write} made; must not change while it is in use. It is read
   *     once, for its checksum
   * @throws ZoneFileException the file is no filter, or is damaged
   * @throws IOException the file cannot be read
   */
  public static ZoneFilter open(Path filter) throws IOException {
    return FilterFile.open(requireNonNull(filter, "filter"));
  }

  /**
   * {@return whether the zone has a name: true for all that it has, and for one in 256 of the names
   * that it does not have; false for a name that is not below the zone}
   *
   * @param name as it is delegated: {@code await.dev}, not {@code www.await.dev}
   */
  public boolean mayContain(DomainName name) {
    String value = name.value();
    if (!value.endsWith(suffix)) {
      return false;
    }
    long hash = NameHash.of(value);
    return blocks[blocks.length == 1 ? 0 : (int) (hash >>> blockShift)].contains(hash);
  }

  /** {@return the name of the zone, such as {@code com}; empty for the root} */
  public String zone() {
    return zone;
  }

  /** {@return how many names the zone has} */
  public long names() {
    return names;
  }

  /** {@return when the zone file was made} */
  public Instant asOf() {
    return asOf;
  }

  /** {@return the length of the filter's file} */
  public long bytes() {
    return bytes;
  }

  /** {@return the zone, the number of its names, and its time} */
  @Override
  public String toString() {
    return zone + ": " + names + (names == 1 ? " name of " : " names of ") + asOf;
  }
}
