package dev.sluice.http;

import java.io.IOException;

/**
 * A used connection had bytes left over from an earlier response. The request is sent again on
 * another connection.
 */
final class StrayBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  StrayBytesException(IOException cause) {
    super(cause);
  }
}
