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
 * A stage whose time is moved by hand. The thread of the test is the event loop: while it sleeps,
 * time goes by and nothing else happens, and what was due meanwhile is late. Any other thread that
 * sleeps really blocks, until its time has come.
 */
final class VirtualTime extends Scheduler {
  private final TestScheduler test = new TestScheduler();
  private final Thread loop = Thread.currentThread();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Semaphore asleep = new Semaphore(0);
  private volatile long slept;

  /** The lines of a sample, each behind the second in which it was said: {@code 1.0 Two}. */
  static List<String> linesOf(Function<SampleContext, Completable> sample) {
    VirtualTime time = new VirtualTime();
    TestObserver<?> end = sample.apply(time.stage()).test();
    time.advance(3600);
    end.assertComplete();
    return time.lines();
  }

  /** The lines of a sample that tells its times itself. */
  static List<String> saidBy(Function<SampleContext, Completable> sample) {
    return linesOf(sample).stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  SampleContext stage() {
    return stage(Schedulers.trampoline());
  }

  SampleContext stage(Scheduler io) {
    return new SampleContext(this, io, this::sleep, this::note);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void advance(long seconds) {
    test.advanceTimeBy(seconds, TimeUnit.SECONDS);
  }

  /** Waits until so many other threads sleep. */
  void awaitAsleep(int threads) throws InterruptedException {
    asleep.acquire(threads);
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(Math.max(slept, test.now(NANOSECONDS)), NANOSECONDS);
  }

  @Override
  public Worker createWorker() {
    Worker worker = test.createWorker();
    return new Worker() {
      @Override
      public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return worker.schedule(task, late() + unit.toNanos(delay), NANOSECONDS);
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

  /** How far the sleeper has gone ahead of the events. */
  private long late() {
    return now(NANOSECONDS) - test.now(NANOSECONDS);
  }

  private void sleep(long nanos) {
    if (Thread.currentThread() == loop) {
      slept = now(NANOSECONDS) + nanos;
      return;
    }
    Completable end = Completable.timer(nanos, NANOSECONDS, test).cache();
    end.subscribe();
    asleep.release();
    end.blockingAwait();
  }

  private void note(String line) {
    lines.add(String.format(Locale.ROOT, "%.1f %s", now(NANOSECONDS) / 1e9, line));
  }
}
