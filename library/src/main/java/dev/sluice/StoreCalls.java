package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Calls of foreign code that may block, throw or never answer: each has its own thread, ends once,
 * and ends in time. A thread that stays blocked counts until it returns, so that a store that
 * blocks for ever costs a few threads and not one for each call.
 */
final class StoreCalls {
  /** How many calls are under way at once. */
  static final int AT_ONCE = 8;

  private static final long LONGEST_SECONDS = 5;

  private final Scheduler timer;
  private final Scheduler threads;
  private final Queue<Call<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();

  StoreCalls(Scheduler timer, Scheduler threads) {
    this.timer = timer;
    this.threads = threads;
  }

  /** Makes a call on another thread. One of the two consumers is called, once, without a lock. */
  <T> void start(
      Callable<Single<T>> call, Consumer<? super T> answered, Consumer<Throwable> failed) {
    Call<T> next = new Call<>(call, answered, failed);
    next.limit.set(timer.scheduleDirect(next::isLate, LONGEST_SECONDS, SECONDS));
    waiting.add(next);
    startNext();
  }

  private void startNext() {
    while (!waiting.isEmpty() && take()) {
      Call<?> next = waiting.poll();
      if (next == null) {
        underWay.decrementAndGet();
      } else {
        begin(next);
      }
    }
  }

  private boolean take() {
    int out = underWay.get();
    while (out < AT_ONCE && !underWay.compareAndSet(out, out + 1)) {
      out = underWay.get();
    }
    return out < AT_ONCE;
  }

  private void begin(Call<?> next) {
    try {
      threads.scheduleDirect(next);
    } catch (OutOfMemoryError e) {
      // No thread can be started. The call fails when its time is over.
      underWay.decrementAndGet();
    }
  }

  private final class Call<T> implements Runnable, SingleObserver<T> {
    private final Callable<Single<T>> call;
    private final Consumer<? super T> answered;
    private final Consumer<Throwable> failed;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final SerialDisposable upstream = new SerialDisposable();
    private final SerialDisposable limit = new SerialDisposable();

    /** The thread of the call, and its answer. */
    private final AtomicInteger holds = new AtomicInteger(2);

    Call(Callable<Single<T>> call, Consumer<? super T> answered, Consumer<Throwable> failed) {
      this.call = call;
      this.answered = answered;
      this.failed = failed;
    }

    @Override
    public void run() {
      try {
        if (!isOver.get()) {
          call.call().subscribe(this);
        }
      } catch (Throwable e) {
        // Errors, too: the lane would wait for ever.
        onError(e);
      } finally {
        free();
      }
    }

    @Override
    public void onSubscribe(Disposable d) {
      upstream.set(d);
    }

    @Override
    public void onSuccess(T value) {
      if (isOver.compareAndSet(false, true)) {
        limit.dispose();
        free();
        answered.accept(value);
      }
    }

    @Override
    public void onError(Throwable e) {
      if (isOver.compareAndSet(false, true)) {
        limit.dispose();
        free();
        failed.accept(e);
      }
    }

    private void isLate() {
      if (!isOver.get()) {
        onError(new IOException("no answer of the store within " + LONGEST_SECONDS + "s"));
        upstream.dispose();
      }
    }

    private void free() {
      if (holds.decrementAndGet() == 0) {
        underWay.decrementAndGet();
        startNext();
      }
    }
  }
}
