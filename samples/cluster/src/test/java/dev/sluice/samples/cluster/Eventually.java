package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what other threads and processes do. */
final class Eventually {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration STILL = Duration.ofSeconds(1);
  private static final long LOOK_EVERY_NANOS = 10_000_000;

  private Eventually() {}

  static void until(BooleanSupplier isSo, String otherwise) {
    long start = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        fail(otherwise + " after " + LONGEST);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** Returns when this number has not changed for a second. */
  static void untilStill(LongSupplier number) {
    long last = number.getAsLong();
    long since = System.nanoTime();
    while (System.nanoTime() - since < STILL.toNanos()) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      long now = number.getAsLong();
      since = now == last ? since : System.nanoTime();
      last = now;
    }
  }
}
