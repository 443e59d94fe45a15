package dev.sluice.fetch;

import dev.sluice.RetryHint;
import dev.sluice.TerminalText;
import java.io.IOException;

/** A server answered a request for a segment with anything else. */
final class RefusedSegmentException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  RefusedSegmentException(String message) {
    super(TerminalText.line(message));
  }

  @Override
  public boolean isTransient() {
    return false;
  }
}
