package dev.sluice.samples.mojifinder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Smaller bodies for those who take them. */
final class Gzip {
  /** Below, the packet is the same and the work is for nothing. */
  static final int LEAST_BYTES = 1024;

  private Gzip() {}

  /** Whether an Accept-Encoding field has gzip, and not with a weight of 0 (RFC 9110, 12.5.3). */
  static boolean isAccepted(@Nullable String field) {
    if (field == null) {
      return false;
    }
    for (String each : field.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = each.strip().split("\\s*;\\s*", -1);
      if (parts[0].equals("gzip") || parts[0].equals("x-gzip")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  static byte[] compress(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
