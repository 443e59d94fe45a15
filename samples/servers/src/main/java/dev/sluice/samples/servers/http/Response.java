package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response without the fields that concern the connection. */
public record Response(Status status, Map<String, String> fields, ByteBuffer body) {
  public static Response of(Status status) {
    return new Response(status, Map.of(), ByteBuffer.allocate(0));
  }

  /** A response in plain text: the status and one sentence that explains it. */
  public static Response text(Status status, String sentence) {
    return plain(status, status + ": " + sentence + "\n");
  }

  /** A response with exactly this text. */
  public static Response plain(Status status, String text) {
    return of(status)
        .with("Content-Type", "text/plain; charset=utf-8")
        .with(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  public Response with(String field, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new Response(status, more, body);
  }

  public Response with(ByteBuffer newBody) {
    return new Response(status, fields, newBody);
  }

  /** 204 and 304 have no Content-Length: they have no body (RFC 9110, section 8.6). */
  boolean hasLength() {
    return status != Status.NO_CONTENT && status != Status.NOT_MODIFIED;
  }
}
