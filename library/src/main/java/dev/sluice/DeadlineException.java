package dev.sluice;

import java.io.IOException;
import java.time.Duration;

/**
 * A clock of the policy ran out. The message says which one, for which key, and after how long:
 * {@code br: no answer within 3s from http://127.0.0.1:8001/br/br.gif}.
 */
public final class DeadlineException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /** The clocks of a policy. */
  public enum Clock {
    /** From the permit to the last byte of one attempt. */
    ATTEMPT,
    /** From the first subscription to the end of an item, all attempts and waits included. */
    ITEM,
    /** From the beginning of a run to its end, see {@link Pipeline#within}. */
    RUN
  }

  /** Which clock ran out. */
  private final Clock clock;

  /** How long the clock ran. */
  private final Duration after;

  /**
   * Says that a clock ran out. A pipeline makes these; a fake of a work may do so, too.
   *
   * @param clock which clock
   * @param key what was asked for
   * @param target where the attempt went (a URL, a host and port), or the key's text
   * @param after how long the clock ran
   */
  public DeadlineException(Clock clock, Object key, String target, Duration after) {
    super(message(clock, key, target, after));
    this.clock = clock;
    this.after = after;
  }

  private static String message(Clock clock, Object key, String target, Duration after) {
    String from = target.equals(key.toString()) ? "" : " from " + target;
    String time = DurationText.of(after);
    return switch (clock) {
      case ATTEMPT -> key + ": no answer within " + time + from;
      case ITEM -> key + ": no answer, all attempts, within " + time + from;
      case RUN -> key + ": no answer before the end of the run after " + time + from;
    };
  }

  /** {@return which clock ran out} */
  public Clock clock() {
    return clock;
  }

  /** {@return how long the clock ran} */
  public Duration after() {
    return after;
  }

  /** {@return true: a slow answer may be a quick one next time} */
  @Override
  public boolean isTransient() {
    return true;
  }
}
