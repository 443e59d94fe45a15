package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Turns responses into bytes. Not thread-safe. */
final class ResponseEncoder {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private long dateSecond = Long.MIN_VALUE;
  private String date = "";

  ByteBuffer[] encode(Request request, Response response) {
    String connection = connection(request);
    ByteBuffer body = request.isHead() ? NOTHING.duplicate() : response.body();
    return new ByteBuffer[] {head(response, connection), body};
  }

  /** Encodes the response to a malformed request; it closes the connection. */
  ByteBuffer[] encode(Response response) {
    return new ByteBuffer[] {head(response, "Connection: close\r\n"), response.body()};
  }

  private static String connection(Request request) {
    if (!request.mayStayOpen()) {
      return "Connection: close\r\n";
    }
    // HTTP/1.1 connections persist by default; HTTP/1.0 requires the field.
    return request.minor() == 0 ? "Connection: keep-alive\r\n" : "";
  }

  private ByteBuffer head(Response response, String connection) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(response.status()).append("\r\n");
    head.append("Date: ").append(date()).append("\r\n");
    response.fields().forEach((name, value) -> line(head, name, value));
    if (response.hasLength()) {
      line(head, "Content-Length", Integer.toString(response.body().remaining()));
    }
    head.append(connection).append("\r\n");
    return ByteBuffer.wrap(head.toString().getBytes(ISO_8859_1));
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** The Date field's value, formatted once a second. */
  private String date() {
    Instant now = Instant.now();
    if (now.getEpochSecond() != dateSecond) {
      dateSecond = now.getEpochSecond();
      date = HttpDate.format(now);
    }
    return date;
  }
}
