package dev.sluice.samples.servers.http;

/** Bytes that are not a request. The connection is closed, because no later byte has a meaning. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final Status status;

  BadRequest(Status status, String message) {
    // Without a stack trace: malformed input can come in great numbers.
    super(message, null, false, false);
    this.status = status;
  }

  Response response() {
    return Response.text(status, String.valueOf(getMessage()));
  }
}
