package dev.sluice.fetch;

import dev.sluice.TerminalText;
import java.net.URI;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Whether the content of a file is what its download asks for.
 *
 * @param setup has the largest length
 * @param download has the size and the checksum
 * @param url where the content comes from, for messages
 */
record ExpectedContent(DownloadSetup setup, Download download, URI url) {
  void requireLength(long bytes) throws WrongContentException {
    if (bytes > setup.largestFile()) {
      throw tooLong();
    }
    if (bytes >= 0) {
      requireSize(bytes);
    }
  }

  void requireSize(long bytes) throws WrongContentException {
    long wanted = download.size().orElse(bytes);
    if (wanted != bytes) {
      throw wrong(bytes + " bytes, expected " + wanted);
    }
  }

  @Nullable Checksum checked(@Nullable MessageDigest digest) throws WrongContentException {
    if (digest == null) {
      return null;
    }
    Checksum actual = Checksum.of(setup.algorithm(download), digest);
    Checksum wanted = download.checksum().orElse(actual);
    if (!wanted.equals(actual)) {
      throw wrong(actual + ", expected " + wanted.hex());
    }
    return actual;
  }

  WrongContentException tooLong() {
    return wrong("a body longer than " + setup.largestFile() + " bytes");
  }

  private WrongContentException wrong(String what) {
    return new WrongContentException(TerminalText.escaped(UrlKey.of(url)) + ": " + what);
  }
}
