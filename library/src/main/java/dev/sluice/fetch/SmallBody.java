package dev.sluice.fetch;

import dev.sluice.disk.FileName;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * A body that is kept in memory, and written in one go after the permit has gone back, as small
 * documents are.
 *
 * @param setup is told of the bytes
 * @param url where it comes from
 * @param clock sees them come
 * @param content what is expected of it
 */
record SmallBody(DownloadSetup setup, URI url, StallClock clock, ExpectedContent content) {
  static final int MOST_BYTES = 64 << 10;

  /** Whether the body ends within the bytes of a small one; reads that far. */
  boolean fits(Head head, BufferedSource source) throws IOException {
    if (head.bodyBytes() > MOST_BYTES) {
      return false;
    }
    while (source.getBuffer().size() <= MOST_BYTES) {
      if (!source.request(source.getBuffer().size() + 1)) {
        return true;
      }
      clock.progress();
    }
    return false;
  }

  /** What has come. */
  Arrival arrival(Head head, byte[] bytes, @Nullable MessageDigest digest, FileName name)
      throws IOException {
    setup.progress().received(bytes.length);
    content.requireLength(bytes.length);
    content.requireSize(bytes.length);
    if (digest != null) {
      digest.update(bytes);
    }
    Checksum checksum = content.checked(digest);
    FinishedFile finished =
        FinishedFile.of(name, url, head.validators(), bytes.length, head.fileTime(), checksum);
    return new Arrival.InMemory(name, bytes, finished);
  }
}
