package dev.sluice.http;

import dev.sluice.IoSchedulers;
import java.lang.reflect.Field;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;

/**
 * Ends the thread that OkHttp 3.14 keeps for each connection pool. Evicting the connections does
 * not wake the thread: it would sleep for up to the keep-alive of the connections, and then wait
 * for other work for a minute. There is no public way, so this uses reflection; with another
 * version of OkHttp it does nothing.
 */
final class OkHttpThreads {
  private static final long IDLE_MILLIS = 10;

  /** A thread that has not begun to wait yet misses the first call to wake up. */
  private static final int CALLS = 10;

  private static final long BETWEEN_CALLS_MILLIS = 50;

  private OkHttpThreads() {}

  /** Call after {@link ConnectionPool#evictAll}. */
  static void end(ConnectionPool pool) {
    end(pool, CALLS);
  }

  private static void end(ConnectionPool pool, int calls) {
    try {
      Field field = ConnectionPool.class.getDeclaredField("delegate");
      field.setAccessible(true);
      Object delegate = field.get(pool);
      Field threads = delegate.getClass().getDeclaredField("executor");
      threads.setAccessible(true);
      if (threads.get(null) instanceof ThreadPoolExecutor executor
          && executor.getKeepAliveTime(TimeUnit.MILLISECONDS) > IDLE_MILLIS) {
        executor.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      }
      Field running = delegate.getClass().getDeclaredField("cleanupRunning");
      running.setAccessible(true);
      boolean goesOn;
      synchronized (delegate) {
        goesOn = running.getBoolean(delegate);
        delegate.notifyAll();
      }
      if (goesOn && calls > 1) {
        againLater(pool, calls - 1);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return; // The thread ends by itself within two minutes.
    }
  }

  @SuppressWarnings("CheckReturnValue") // Nothing cancels it: it ends after a few calls.
  private static void againLater(ConnectionPool pool, int calls) {
    IoSchedulers.shared()
        .timer()
        .scheduleDirect(() -> end(pool, calls), BETWEEN_CALLS_MILLIS, TimeUnit.MILLISECONDS);
  }
}
