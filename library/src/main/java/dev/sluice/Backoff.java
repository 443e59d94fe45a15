package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt; a lambda of your own will do. */
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
    return failures -> wait;
  }

  /**
   * {@return a wait that doubles with every failure: {@code first}, twice that, four times that …}
   *
   * @param first the wait after the first failure
   * @param longest no wait is longer than this
   */
  static Backoff exponential(Duration first, Duration longest) {
    Check.positive(first, "first");
    Check.positive(longest, "longest");
    return failures -> {
      Duration wait = first;
      for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
        wait = wait.plus(wait);
      }
      return wait.compareTo(longest) < 0 ? wait : longest;
    };
  }

  /**
   * {@return this with full jitter: a wait drawn evenly from zero to what this says, so that those
   * who failed together do not come back together}
   */
  default Backoff withJitter() {
    return withJitter(() -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * {@return this with full jitter, from your own source of chance}
   *
   * @param chance numbers from 0 to 1
   */
  default Backoff withJitter(DoubleSupplier chance) {
    requireNonNull(chance, "chance");
    return failures -> Duration.ofNanos((long) (after(failures).toNanos() * chance.getAsDouble()));
  }
}
