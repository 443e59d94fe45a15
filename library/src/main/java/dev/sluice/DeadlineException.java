package dev.sluice;

import java.io.IOException;
import java.time.Duration;

/** A clock of the policy ran out; the message says which, on what, and after how long. */
public final class DeadlineException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /** The clocks of a policy. */
  public enum Clock {
    /** From the permit to the last byte of one attempt. */
    ATTEMPT,
    /** From the first subscription to the end of an item, all attempts and waits included. */
    ITEM
  }

  /** Which clock ran out. */
  private final Clock clock;

  /** After how long. */
  private final Duration after;

  DeadlineException(Clock clock, Object key, String target, Duration after) {
    super(message(clock, key, target, after));
    this.clock = clock;
    this.after = after;
  }

  private static String message(Clock clock, Object key, String target, Duration after) {
    String answer =
        clock == Clock.ATTEMPT ? "no answer within " : "no answer, all attempts, within ";
    String from = target.equals(key.toString()) ? "" : " from " + target;
    return key + ": " + answer + after + from;
  }

  /** {@return which clock ran out} */
  public Clock clock() {
    return clock;
  }

  /** {@return after how long} */
  public Duration after() {
    return after;
  }

  /** {@return true: a slow answer may be a quick one next time} */
  @Override
  public boolean isTransient() {
    return true;
  }
}
