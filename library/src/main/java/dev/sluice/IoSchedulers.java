package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a pipeline: one scheduler for network work, one for disk work, and one for clocks.
 * Nothing in Sluice runs on any other scheduler.
 *
 * <p>A test passes a {@code TestScheduler} as the timer and moves the time by hand; an app on a JDK
 * with virtual threads may pass {@code Schedulers.from(newVirtualThreadPerTaskExecutor())}.
 *
 * @param network runs blocking network calls; must offer as many threads as the limiter has permits
 * @param disk runs blocking file work
 * @param timer measures timeouts and back-off; emits what a timeout ends, and outcomes that have
 *     waited 1 s for a disk thread; its {@code now()} should not jump when the wall clock is set
 */
public record IoSchedulers(Scheduler network, Scheduler disk, Scheduler timer) {
  /** The most network threads of {@link #shared()}; one call in flight needs one thread. */
  public static final int MAX_NETWORK_THREADS = 1_024;

  private static final int DISK_THREADS = 1;

  /** So many slow callbacks may be under way before one of them holds up the others. */
  private static final int CALLBACK_THREADS = 64;

  /**
   * Checks that nothing is null.
   *
   * @param network runs blocking network calls
   * @param disk runs blocking file work
   * @param timer measures timeouts and back-off
   */
  public IoSchedulers {
    requireNonNull(network, "network");
    requireNonNull(disk, "disk");
    requireNonNull(timer, "timer");
  }

  /**
   * {@return the schedulers that all policies share by default}
   *
   * <p>At most {@value #MAX_NETWORK_THREADS} network threads named {@code sluice-network-N}, one
   * disk thread {@code sluice-disk-N}, and one {@code sluice-timer-N} that only measures time: what
   * is due runs on one of at most 64 threads {@code sluice-callback-N}, so that a slow callback
   * does not delay other timeouts. All are daemons that start on demand and end after 5 idle
   * seconds, so they neither keep a {@code main} alive nor need closing. They inherit neither
   * thread locals nor the context class loader of the thread that needed them first.
   */
  public static IoSchedulers shared() {
    return Shared.SCHEDULERS;
  }

  /**
   * {@return a copy with this timer}
   *
   * @param timer measures timeouts and back-off
   */
  public IoSchedulers withTimer(Scheduler timer) {
    return new IoSchedulers(network, disk, timer);
  }

  /**
   * {@return a copy with this network scheduler}
   *
   * @param network runs blocking network calls
   */
  public IoSchedulers withNetwork(Scheduler network) {
    return new IoSchedulers(network, disk, timer);
  }

  /**
   * {@return a copy with this disk scheduler}
   *
   * @param disk runs blocking file work
   */
  public IoSchedulers withDisk(Scheduler disk) {
    return new IoSchedulers(network, disk, timer);
  }

  /** {@return {@code shared schedulers}, or which of the three are the user's own} */
  @Override
  public String toString() {
    IoSchedulers shared = shared();
    String own =
        (network.equals(shared.network) ? "" : " network")
            + (disk.equals(shared.disk) ? "" : " disk")
            + (timer.equals(shared.timer) ? "" : " timer");
    return own.isEmpty() ? "shared schedulers" : "own schedulers:" + own;
  }

  /** Made when first asked for. */
  private static final class Shared {
    static final IoSchedulers SCHEDULERS =
        new IoSchedulers(
            Schedulers.from(Pools.elastic(Pools.named("sluice-network"), MAX_NETWORK_THREADS)),
            Schedulers.from(Pools.orHere(Pools.elastic(Pools.named("sluice-disk"), DISK_THREADS))),
            new MonotonicTimer(
                Schedulers.from(Pools.timer("sluice-timer")),
                Schedulers.from(
                    Pools.orHere(
                        Pools.elastic(Pools.named("sluice-callback"), CALLBACK_THREADS)))));
  }

  /** Bounded pools of named daemon threads that start on demand and end when idle. */
  static final class Pools {
    private static final long IDLE_SECONDS = 5;

    /** Does nothing but make a pool without threads start one. */
    private record Start() implements Runnable {
      @Override
      public void run() {}
    }

    /** Gives a task to an idle thread, else starts one, else, at the bound, lets it queue. */
    static Executor elastic(ThreadFactory threads, int bound) {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              0, bound, IDLE_SECONDS, SECONDS, new HandOver(), threads, Pools::enqueue);
      return task -> execute(task, pool);
    }

    /** Runs a task later on a present thread if no further thread can be started. */
    private static void execute(Runnable task, ThreadPoolExecutor pool) {
      try {
        pool.execute(task);
      } catch (OutOfMemoryError e) {
        if (pool.getPoolSize() == 0) {
          throw e;
        }
        enqueue(task, pool);
      }
    }

    /**
     * Runs a task on the caller's thread if the pool cannot start any: late is better than never.
     */
    static Executor orHere(Executor pool) {
      return task -> {
        try {
          pool.execute(task);
        } catch (OutOfMemoryError e) {
          task.run();
        }
      };
    }

    /** Also the handler of tasks that the pool rejects because it has all threads. */
    private static void enqueue(Runnable task, ThreadPoolExecutor pool) {
      if (task instanceof Start) {
        return; // A thread is being started, and will look into the queue.
      }
      pool.getQueue().add(task);
      // If the last thread has ended in between, the task must not wait for the next task.
      if (pool.getPoolSize() == 0) {
        start(task, pool);
      }
    }

    private static void start(Runnable task, ThreadPoolExecutor pool) {
      try {
        pool.execute(new Start());
      } catch (OutOfMemoryError e) {
        if (pool.getQueue().remove(task)) {
          throw e;
        }
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
        Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet(), 0, false);
        thread.setContextClassLoader(IoSchedulers.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
      };
    }

    /**
     * A {@code ThreadPoolExecutor} starts threads beyond its core only when the queue refuses a
     * task. This queue accepts a task from the pool only while a thread waits for one.
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

  /**
   * A scheduler whose time never jumps: that of RxJava's own schedulers is the wall clock, which
   * people and NTP set. Its thread only measures; what is due runs on other threads.
   */
  private static final class MonotonicTimer extends Scheduler {
    private final Scheduler scheduler;
    private final Scheduler callbacks;

    MonotonicTimer(Scheduler scheduler, Scheduler callbacks) {
      this.scheduler = scheduler;
      this.callbacks = callbacks;
    }

    @Override
    public long now(TimeUnit unit) {
      return unit.convert(System.nanoTime(), NANOSECONDS);
    }

    @Override
    public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
      CompositeDisposable both = new CompositeDisposable();
      both.add(scheduler.scheduleDirect(() -> runElsewhere(task, both), delay, unit));
      return both;
    }

    private void runElsewhere(Runnable task, CompositeDisposable both) {
      both.add(callbacks.scheduleDirect(task));
    }

    @Override
    public Worker createWorker() {
      return new MonotonicWorker(scheduler.createWorker(), callbacks.createWorker());
    }
  }

  private static final class MonotonicWorker extends Scheduler.Worker {
    private final Scheduler.Worker worker;

    /** Runs the tasks one after another. */
    private final Scheduler.Worker callbacks;

    MonotonicWorker(Scheduler.Worker worker, Scheduler.Worker callbacks) {
      this.worker = worker;
      this.callbacks = callbacks;
    }

    @Override
    public long now(TimeUnit unit) {
      return unit.convert(System.nanoTime(), NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
      CompositeDisposable both = new CompositeDisposable();
      both.add(worker.schedule(() -> both.add(callbacks.schedule(task)), delay, unit));
      return both;
    }

    @Override
    public void dispose() {
      worker.dispose();
      callbacks.dispose();
    }

    @Override
    public boolean isDisposed() {
      return worker.isDisposed();
    }
  }
}
