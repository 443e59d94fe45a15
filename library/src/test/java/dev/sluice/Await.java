package dev.sluice;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to bring about. */
public final class Await {
  /** Nobody waits that long, unless something hangs. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Await() {}

  public static void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came true: " + what);
      }
      // Leaves the processor to those who are waited for.
      LockSupport.parkNanos(100_000);
    }
  }
}
