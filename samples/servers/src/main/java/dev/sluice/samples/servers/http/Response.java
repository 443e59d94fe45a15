package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with, apart from the fields that belong to the connection. */
public record Response(Status status, Map<String, String> fields, ByteBuffer body) {
  public static Response of(Status status) {
    return new Response(status, Map.of(), ByteBuffer.allocate(0));
  }

  /** The status and one sentence that helps whoever reads it. */
  public static Response text(Status status, String sentence) {
    return of(status)
        .with("Content-Type", "text/plain; charset=utf-8")
        .with(ByteBuffer.wrap((status + ": " + sentence + "\n").getBytes(UTF_8)));
  }

  public Response with(String field, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new Response(status, more, body);
  }

  public Response with(ByteBuffer newBody) {
    return new Response(status, fields, newBody);
  }

  /** A 304 speaks about a body that it does not have, and so it gives no length (RFC 9110, 8.6). */
  boolean hasLength() {
    return status != Status.NOT_MODIFIED;
  }
}
