package dev.sluice.http;

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
  private static final long IDLE_MILLIS = 100;

  private OkHttpThreads() {}

  /** Call after {@link ConnectionPool#evictAll}. */
  static void end(ConnectionPool pool) {
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
      synchronized (delegate) {
        delegate.notifyAll();
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return; // The thread ends by itself within two minutes.
    }
  }
}
