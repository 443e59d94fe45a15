package dev.sluice.netty;

import dev.sluice.IoSchedulers;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Network threads of which it is known how many are busy. */
final class CountedThreads implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "counted");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger busy = new AtomicInteger();

  IoSchedulers schedulers() {
    return IoSchedulers.shared()
        .withNetwork(Schedulers.from(task -> threads.execute(() -> counted(task)), true));
  }

  private void counted(Runnable task) {
    busy.incrementAndGet();
    try {
      task.run();
    } finally {
      busy.decrementAndGet();
    }
  }

  int busy() {
    return busy.get();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
