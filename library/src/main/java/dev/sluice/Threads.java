package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounded pools of named daemon threads that start on demand and go when idle. */
final class Threads {
  private static final long IDLE_SECONDS = 5;

  private Threads() {}

  /** Hands a task to an idle thread, else starts one, else, at the bound, lets it queue. */
  static Executor elastic(String name, int bound) {
    return new ThreadPoolExecutor(
        0, bound, IDLE_SECONDS, SECONDS, new HandOver(), named(name), Threads::enqueue);
  }

  private static void enqueue(Runnable task, ThreadPoolExecutor pool) {
    pool.getQueue().add(task);
    // Should the last thread have gone home in between, the task must not wait for the next one.
    if (pool.getPoolSize() == 0 && pool.getQueue().remove(task)) {
      pool.execute(task);
    }
  }

  static ScheduledExecutorService timer(String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(name));
    timer.setKeepAliveTime(IDLE_SECONDS, SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A {@code ThreadPoolExecutor} starts threads beyond its core only when the queue refuses a task:
   * this one takes a task from the pool only while somebody waits for one.
   */
  private static final class HandOver extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }

    @Override
    public boolean add(Runnable task) {
      return super.offer(task);
    }
  }
}
