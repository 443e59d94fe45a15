package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt. A lambda will do; it is called on many threads. */
@FunctionalInterface
public interface Backoff {

  /**
   * {@return the wait before the next attempt, zero or longer}
   *
   * @param failures how many attempts of this item have failed so far, 1 or more
   */
  Duration after(int failures);

  /**
   * {@return the same wait every time}
   *
   * @param wait the wait, zero or longer
   */
  static Backoff fixed(Duration wait) {
    Check.notNegative(wait, "wait");
    return new DescribedBackoff(failures -> wait, "back-off " + DurationText.of(wait));
  }

  /**
   * {@return a wait that doubles with every failure: {@code first}, twice that, four times that …}
   *
   * @param first the wait after the first failure, longer than zero
   * @param longest no wait is longer than this; longer than zero
   */
  static Backoff exponential(Duration first, Duration longest) {
    Duration bound = DurationText.atMostForever(Check.positive(longest, "longest"));
    Duration start = DurationText.atMostForever(Check.positive(first, "first"));
    return new DescribedBackoff(
        failures -> {
          Duration wait = start;
          for (int i = 1; i < failures && wait.compareTo(bound) < 0; i++) {
            wait = wait.plus(wait);
          }
          return wait.compareTo(bound) < 0 ? wait : bound;
        },
        "back-off " + DurationText.of(first) + " to " + DurationText.of(longest));
  }

  /**
   * {@return this back-off with full jitter: each wait is drawn evenly from zero to the wait of
   * this back-off, so that items that failed together do not come back together; a wait that the
   * server asks for becomes longer by up to a quarter}
   */
  default Backoff withJitter() {
    return withJitter(() -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * {@return this back-off with full jitter from a random source of your own}
   *
   * @param random numbers from 0 to 1
   */
  default Backoff withJitter(DoubleSupplier random) {
    requireNonNull(random, "random");
    return new DescribedBackoff(
        failures ->
            Duration.ofNanos((long) (DurationText.nanos(after(failures)) * random.getAsDouble())),
        DescribedBackoff.describe(this) + " and jitter",
        random);
  }
}
