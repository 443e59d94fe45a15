package dev.sluice.samples.servers.http;

/** Bytes that are no request; after them nothing on that connection can be trusted. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final Status status;

  BadRequest(Status status, String message) {
    // Garbage comes in floods, and nobody looks at where it was noticed.
    super(message, null, false, false);
    this.status = status;
  }

  Response response() {
    return Response.text(status, String.valueOf(getMessage()));
  }
}
