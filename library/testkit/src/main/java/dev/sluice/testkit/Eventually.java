package dev.sluice.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Eventually {
  private static final long LOOK_EVERY_NANOS = 1_000_000;

  private Eventually() {}

  /**
   * Returns when this is so.
   *
   * @throws AssertionError if it is not so in time
   */
  static void until(BooleanSupplier isSo, Duration longest, String otherwise) {
    long start = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - start > longest.toNanos()) {
        fail(otherwise + " after " + longest);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
