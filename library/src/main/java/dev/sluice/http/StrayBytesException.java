package dev.sluice.http;

import java.io.IOException;

/**
 * A used connection was closed by the server, or had bytes that no request asked for. The request
 * was not sent; it goes on another connection.
 */
final class StrayBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  StrayBytesException() {
    super("the connection is not usable any more");
  }
}
