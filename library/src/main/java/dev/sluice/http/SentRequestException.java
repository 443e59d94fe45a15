package dev.sluice.http;

import java.io.IOException;
import java.net.ProtocolException;

/**
 * A request that may have been sent failed. OkHttp would send most requests again by itself, so
 * that one permit causes two requests. It does not after a ProtocolException.
 */
final class SentRequestException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  SentRequestException(IOException cause) {
    super(cause.getMessage());
    initCause(cause);
  }

  /** The error itself. */
  static IOException unwrapped(IOException e) {
    return e instanceof SentRequestException && e.getCause() instanceof IOException cause
        ? cause
        : e;
  }
}
