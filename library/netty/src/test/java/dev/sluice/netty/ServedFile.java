package dev.sluice.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with an ETag, served by the rules of RFC 9110 or against them.
 *
 * @param content random bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
record ServedFile(byte[] content) {
  private static final Pattern RANGE = Pattern.compile("\r\nrange: bytes=(\\d+)-\r\n");

  static ServedFile random(long seed, int length) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return new ServedFile(content);
  }

  String etag() {
    return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
  }

  /** The first byte that is asked for; negative if the whole file is. */
  static int firstByte(String head) {
    Matcher range = RANGE.matcher(head.toLowerCase(Locale.ROOT));
    return range.find() ? Integer.parseInt(range.group(1)) : -1;
  }

  /** Serves what is asked for. */
  void answer(String head, OutputStream out) throws IOException {
    int from = firstByte(head);
    if (head.toLowerCase(Locale.ROOT).contains("\r\nif-none-match: " + etag() + "\r\n")) {
      AnsweringServer.write(out, "HTTP/1.1 304 Not Modified\r\nETag: " + etag() + "\r\n\r\n");
    } else if (from < 0 || !head.contains(etag())) {
      begin(out, content.length);
      out.write(content);
    } else if (from >= content.length) {
      refuseRange(out, content.length);
    } else {
      rest(out, from);
    }
  }

  /** The head of the whole file. */
  void begin(OutputStream out, int announced) throws IOException {
    AnsweringServer.write(
        out,
        "HTTP/1.1 200 OK\r\nETag: " + etag() + "\r\nContent-Length: " + announced + "\r\n\r\n");
  }

  /** The head and the first bytes. */
  void start(OutputStream out, int bytes) throws IOException {
    begin(out, content.length);
    out.write(content, 0, bytes);
    out.flush();
  }

  /** The rest, from this byte on. */
  void rest(OutputStream out, int from) throws IOException {
    AnsweringServer.write(
        out,
        "HTTP/1.1 206 Partial Content\r\nETag: %s\r\nContent-Range: bytes %d-%d/%d\r\n"
                .formatted(etag(), from, content.length - 1, content.length)
            + "Content-Length: "
            + (content.length - from)
            + "\r\n\r\n");
    out.write(content, from, content.length - from);
  }

  /** Says that no byte is left. */
  void refuseRange(OutputStream out, int length) throws IOException {
    AnsweringServer.write(
        out,
        "HTTP/1.1 416 No\r\nETag: %s\r\nContent-Range: bytes */%d\r\nContent-Length: 0\r\n\r\n"
            .formatted(etag(), length));
  }
}
