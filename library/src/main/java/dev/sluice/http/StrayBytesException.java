package dev.sluice.http;

import java.io.IOException;

/**
 * What came is not an answer to this request but what an earlier one on the same connection had too
 * much of. Nothing is wrong with this request: it goes out again on another connection.
 */
final class StrayBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  StrayBytesException(IOException cause) {
    super(cause);
  }
}
