package dev.sluice.samples.mojifinder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compression of response bodies. */
final class Gzip {
  /** A smaller body fits into one packet anyway. */
  static final int LEAST_BYTES = 1024;

  private Gzip() {}

  /** Whether an Accept-Encoding field lists gzip with a weight above 0 (RFC 9110, 12.5.3). */
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
