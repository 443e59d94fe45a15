package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A file of the web site in memory, with and without compression.
 *
 * @param tag a weak entity tag, because both forms share it
 */
record StaticContent(CharSequence type, CharSequence tag, Buffer plain, Buffer compressed) {
  private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

  /** Stands in the files for the Unicode version. */
  private static final String UNICODE_VERSION = "{unicode-version}";

  static StaticContent page(String resource) {
    return of(resource, HTML);
  }

  static StaticContent of(String resource, CharSequence type) {
    try (InputStream in = StaticContent.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
      return of(text.replace(UNICODE_VERSION, UnicodeNames.version()).getBytes(UTF_8), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StaticContent of(byte[] plain, CharSequence type) {
    return new StaticContent(
        type, tag(plain), Buffer.buffer(plain), Buffer.buffer(Gzip.compress(plain)));
  }

  private static CharSequence tag(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return HttpHeaders.createOptimized(
        "W/\"" + Long.toHexString(crc.getValue()) + '-' + bytes.length + '"');
  }

  static CharSequence tag(String text) {
    return tag(text.getBytes(UTF_8));
  }

  boolean isPage() {
    return CharSequence.compare(type, HTML) == 0;
  }
}
