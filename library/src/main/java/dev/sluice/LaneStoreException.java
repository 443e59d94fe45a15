package dev.sluice;

import java.io.IOException;

/**
 * The {@link LaneStore} of a limiter has not answered for 30 s, so no attempt may start. The
 * message says for which lane, and the cause is kept.
 */
public final class LaneStoreException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  LaneStoreException(String lane, Throwable cause) {
    super(lane + ": its shared limits are not known: " + text(cause), cause);
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }

  /** {@return true: the store may answer again} */
  @Override
  public boolean isTransient() {
    return true;
  }
}
