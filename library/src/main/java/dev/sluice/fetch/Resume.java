package dev.sluice.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier attempt left.
 *
 * @param have the number of bytes from the start on
 * @param fileBytes the length of the partial file; more than that if there are gaps
 * @param record what they are
 * @param digest has seen them; null for none
 */
record Resume(long have, long fileBytes, PartRecord record, @Nullable MessageDigest digest) {
  private static final int STEP = 64 << 10;

  /** Asks for the rest, if the file is still the same (RFC 9110, sections 13.1.5 and 14.2). */
  void addRange(Request.Builder request) {
    request.header("Range", "bytes=" + have + "-");
    request.header("If-Range", record.validators().ifRange());
  }

  /** What there is of the file. */
  Spans spans() {
    return record.spans() == null ? Spans.upTo(have) : record.spans().within(fileBytes);
  }

  /** Shows the first bytes of a file to a digest. Blocks. */
  static void hash(Path file, long length, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[STEP];
    try (InputStream in = Files.newInputStream(file)) {
      long left = length;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, STEP));
        if (read < 0) {
          return; // Shorter by now, which the writer will see.
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
    }
  }
}
