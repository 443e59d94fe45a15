package dev.sluice.samples.fetch;

import java.io.IOException;

/** A list that cannot be read as one; the message says which line, and what is allowed. */
final class ListException extends IOException {
  private static final long serialVersionUID = 1L;

  ListException(String message) {
    super(message);
  }
}
