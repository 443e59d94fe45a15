package dev.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread is about to make true. */
public final class Await {
  /** Much longer than any condition takes unless something hangs. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Await() {}

  /**
   * Closes a server socket and waits for the thread that accepts its connections. A blocked {@code
   * accept()} may otherwise still return a connection that a client makes after {@code close()}.
   */
  public static void closed(ServerSocket listener, Thread accepting) {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    until(() -> !accepting.isAlive(), "end of " + accepting.getName());
  }

  public static void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not true after " + LIMIT.toSeconds() + " s: " + what);
      }
      // Parks, so that the other thread gets the processor.
      LockSupport.parkNanos(100_000);
    }
  }
}
