package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final Semaphore sleepers = new Semaphore(0);
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

  SampleContext context() {
    return context(Schedulers.trampoline());
  }

  SampleContext context(Scheduler io) {
    return new SampleContext(this, io, this::sleep, this::record);
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

  private void sleep(long nanos) {
    if (Thread.currentThread() == loop) {
      sleptUntil = now(NANOSECONDS) + nanos;
      return;
    }
    Completable end = Completable.timer(nanos, NANOSECONDS, test).cache();
    end.subscribe();
    sleepers.release();
    end.blockingAwait();
  }

  private void record(String line) {
    lines.add(String.format(Locale.ROOT, "%.1f %s", now(NANOSECONDS) / 1e9, line));
  }
}
