package dev.sluice.http;

import java.io.IOException;

/**
 * A body that a converter refused. The converter does not know the URL: {@link CheckedCall} makes a
 * {@link ContentException} of this.
 */
final class DecodingException extends IOException {
  private static final long serialVersionUID = 1L;

  DecodingException(String message, Exception cause) {
    super(message, cause);
  }
}
