package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An event loop in virtual time. The test's thread is the event loop: when it sleeps, the clock
 * advances at once, and timers that expire meanwhile run late. Any other thread that sleeps blocks
 * until the test advances the clock.
 */
final class VirtualTime extends Scheduler {
  private final TestScheduler test = new TestScheduler();
  private final Thread loop = Thread.currentThread();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<TraceEvent> trace = new ConcurrentLinkedQueue<>();
  private final Semaphore sleepers = new Semaphore(0);

  /** A permit for each time that a blocking task has fallen asleep or ended. */
  private final Semaphore paused = new Semaphore(0);

  private volatile long sleptUntil;

  /** The lines that a sample prints, each after its time in seconds: {@code 1.0 Two}. */
  static List<String> linesOf(Function<SampleContext, Completable> sample) {
    VirtualTime time = new VirtualTime();
    TestObserver<?> end = sample.apply(time.context()).test();
    time.advance(3600);
    end.assertComplete();
    return time.lines();
  }

  /** The lines of a sample that prints the times itself. */
  static List<String> untimedLinesOf(Function<SampleContext, Completable> sample) {
    return linesOf(sample).stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  /** What happens in a run of {@link #withThreads}, printed or not. */
  static List<TraceEvent> traceOf(Function<SampleContext, Completable> sample) {
    return List.copyOf(withThreads(sample).trace);
  }

  /** The lines that a sample prints in a run of {@link #withThreads}. */
  static List<String> linesWithThreadsOf(Function<SampleContext, Completable> sample) {
    return withThreads(sample).lines();
  }

  /**
   * A run whose blocking tasks run one at a time, each on a thread named {@code io}, while the
   * event loop waits: two runs do the same.
   */
  private static VirtualTime withThreads(Function<SampleContext, Completable> sample) {
    VirtualTime time = new VirtualTime();
    TestObserver<?> end = sample.apply(time.context(time.blocking())).test();
    time.advance(3600);
    end.assertComplete();
    return time;
  }

  SampleContext context() {
    return context(Schedulers.trampoline());
  }

  SampleContext context(Scheduler io) {
    return new SampleContext(this, io, this::sleep, this::record, this::trace);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void advance(long seconds) {
    test.advanceTimeBy(seconds, TimeUnit.SECONDS);
  }

  /** Blocks until this many other threads sleep. */
  void awaitSleepers(int threads) throws InterruptedException {
    sleepers.acquire(threads);
  }

  /** Runs what is due on the event loop, until another thread sleeps. */
  void runUntilAsleep() {
    while (!sleepers.tryAcquire()) {
      test.triggerActions();
      Thread.onSpinWait();
    }
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(Math.max(sleptUntil, test.now(NANOSECONDS)), NANOSECONDS);
  }

  @Override
  public Worker createWorker() {
    Worker worker = test.createWorker();
    return new Worker() {
      @Override
      public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return worker.schedule(task, lateness() + unit.toNanos(delay), NANOSECONDS);
      }

      @Override
      public void dispose() {
        worker.dispose();
      }

      @Override
      public boolean isDisposed() {
        return worker.isDisposed();
      }
    };
  }

  /** How far a sleep has moved the clock ahead of the timers. */
  private long lateness() {
    return now(NANOSECONDS) - test.now(NANOSECONDS);
  }

  /** Each task waits for its turn on the event loop, then runs until it sleeps or ends. */
  private Scheduler blocking() {
    return Schedulers.from(
        task -> scheduleDirect(() -> runUntilPaused(new BlockingTask(task)::start)));
  }

  private void runUntilPaused(Runnable resume) {
    resume.run();
    paused.acquireUninterruptibly();
  }

  /** The thread of one blocking task. */
  private final class BlockingTask extends Thread {
    BlockingTask(Runnable task) {
      super(task, "io");
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        super.run();
      } finally {
        paused.release();
      }
    }

    void pause(long nanos) {
      CountDownLatch wake = new CountDownLatch(1);
      test.scheduleDirect(() -> runUntilPaused(wake::countDown), nanos, NANOSECONDS);
      paused.release();
      try {
        wake.await();
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  private void sleep(long nanos) {
    if (Thread.currentThread() instanceof BlockingTask task) {
      task.pause(nanos);
      return;
    }
    if (Thread.currentThread() == loop) {
      sleptUntil = now(NANOSECONDS) + nanos;
      return;
    }
    Completable end = Completable.timer(nanos, NANOSECONDS, test).cache();
    end.subscribe();
    sleepers.release();
    end.blockingAwait();
  }

  private void trace(Duration after, String line) {
    trace.add(new TraceEvent((now(NANOSECONDS) + after.toNanos()) / 1e9, line));
  }

  private void record(Duration after, String line) {
    trace(after, line);
    lines.add(String.format(Locale.ROOT, "%.1f %s", now(NANOSECONDS) / 1e9, line));
  }
}
