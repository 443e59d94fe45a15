package dev.sluice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** HTTP responses as bytes. */
public final class Answers {
  private Answers() {}

  /** Status 200 with a body and its Content-Length. */
  public static byte[] ok(String type, byte[] body) {
    return answer("200 OK", body, "Content-Type: " + type);
  }

  /** A status with an empty body. */
  public static byte[] status(String status, String... headers) {
    return answer(status, new byte[0], headers);
  }

  /** Any status, headers and body, with its Content-Length. */
  public static byte[] answer(String status, byte[] body, String... headers) {
    return join(head(status, "Content-Length: " + body.length, String.join("\r\n", headers)), body);
  }

  /** The status line, these header lines as they are, and the empty line. */
  public static byte[] head(String status, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    for (String header : headers) {
      head.append(header.isEmpty() ? "" : header + "\r\n");
    }
    return bytes(head.append("\r\n").toString());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  public static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }
}
