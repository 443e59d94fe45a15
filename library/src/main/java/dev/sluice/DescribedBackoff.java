package dev.sluice;

import java.time.Duration;

/** A back-off that a policy's text can name. */
record DescribedBackoff(Backoff backoff, String text) implements Backoff {
  @Override
  public Duration after(int failures) {
    return backoff.after(failures);
  }

  /** The text for any back-off; a lambda of the user has none. */
  static String describe(Backoff backoff) {
    return backoff instanceof DescribedBackoff described ? described.text() : "its own back-off";
  }

  @Override
  public String toString() {
    return text;
  }
}
