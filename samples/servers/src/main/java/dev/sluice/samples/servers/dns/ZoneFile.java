package dev.sluice.samples.servers.dns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * Reads master files (RFC 1035, section 5.1) with dnsjava: records of any type, {@code $ORIGIN},
 * {@code $TTL} and {@code $GENERATE}.
 */
final class ZoneFile {
  private static final int DEFAULT_TTL_SECONDS = 300;

  private ZoneFile() {}

  /**
   * The zones of a master file.
   *
   * @param file its name in messages
   * @throws IllegalArgumentException if the text breaks the format; the message says where
   */
  static Zones parse(String file, String text) {
    ZonesBuilder zones = new ZonesBuilder();
    try (Master master =
        new Master(new ByteArrayInputStream(ascii(text)), Name.root, DEFAULT_TTL_SECONDS)) {
      master.disableIncludes(true);
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        add(zones, record);
      }
    } catch (TextParseException e) {
      // dnsjava starts its messages with "<none>:LINE: ", because a stream has no name.
      String[] parts = String.valueOf(e.getMessage()).split(":", 3);
      throw new IllegalArgumentException(
          "%s line %s:%s".formatted(file, parts[1], parts[parts.length - 1]), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
    return zones.build();
  }

  private static void add(ZonesBuilder zones, Record record) {
    if (record.getDClass() != DClass.IN) {
      throw new IllegalArgumentException(
          "the class of %s is %s: allowed is IN"
              .formatted(record.getName(), DClass.string(record.getDClass())));
    }
    zones.add(
        record.getName().toWireCanonical(),
        record.getType(),
        (int) record.getTTL(),
        record.rdataToWireCanonical());
  }

  /** The text with {@code \DDD} for each byte outside ASCII: dnsjava would encode those twice. */
  private static byte[] ascii(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
      if (next >= 0) {
        out.write(next);
      } else {
        out.writeBytes(
            String.format(Locale.ROOT, "\\%03d", next & 0xFF).getBytes(StandardCharsets.US_ASCII));
      }
    }
    return out.toByteArray();
  }
}
