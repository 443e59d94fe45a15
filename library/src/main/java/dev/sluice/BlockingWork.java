package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that block, each on a network thread. See {@link Work#blocking}. */
final class BlockingWork<K, V> implements Work<K, V> {
  private final BlockingCall<? super K, ? extends V> call;

  BlockingWork(BlockingCall<? super K, ? extends V> call) {
    this.call = call;
    OngoingCalls.use();
  }

  @Override
  public Maybe<V> attempt(K key) {
    return attempt(key, IoSchedulers.shared());
  }

  @Override
  public Maybe<V> attempt(K key, IoSchedulers schedulers) {
    Supplier<OngoingCalls> made = OngoingCalls.current();
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super V> downstream) {
        Supplier<OngoingCalls> calls = OngoingCalls.current();
        OneCall oneCall = new OneCall(key, downstream, calls == null ? made : calls);
        downstream.onSubscribe(oneCall);
        try {
          oneCall.queuedAs(schedulers.network().scheduleDirect(oneCall));
        } catch (OutOfMemoryError | RejectedExecutionException e) {
          oneCall.withoutThread(e);
        }
      }
    };
  }

  /** One call, from the scheduler's queue to its end. */
  private final class OneCall implements Runnable, Disposable {
    private final K key;
    private final MaybeObserver<? super V> downstream;

    /** Those of its attempt; null when a user subscribes outside of a pipeline. */
    private final @Nullable Supplier<OngoingCalls> calls;

    // Guarded by this.
    private @Nullable Disposable task;
    private @Nullable Thread thread;
    private boolean begun;
    private boolean over;

    OneCall(K key, MaybeObserver<? super V> downstream, @Nullable Supplier<OngoingCalls> calls) {
      this.key = key;
      this.downstream = downstream;
      this.calls = calls;
      if (calls != null) {
        calls.get().queued();
      }
    }

    void queuedAs(Disposable queued) {
      boolean disposed;
      boolean refused;
      synchronized (this) {
        task = queued;
        disposed = over;
        refused = !begun && queued.isDisposed();
      }
      if (disposed) {
        queued.dispose();
      } else if (refused) {
        // A scheduler of RxJava does not throw when its executor rejects a task.
        withoutThread(new RejectedExecutionException("the network scheduler refused the call"));
      }
    }

    /** No thread can be had now: a failed attempt, which may succeed later. */
    void withoutThread(Throwable e) {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      if (calls != null) {
        calls.get().dropped();
      }
      downstream.onError(new IOException(key + ": no thread: " + e.getMessage(), e));
    }

    @Override
    public void run() {
      if (begin()) {
        // A step behind this call may subscribe to another one, on this thread.
        Supplier<OngoingCalls> outer = OngoingCalls.enter(calls);
        try {
          call();
        } finally {
          OngoingCalls.leave(outer);
        }
      }
    }

    private void call() {
      V value;
      try {
        value = call.call(key);
      } catch (Throwable e) {
        failed(e);
        return;
      }
      if (!end()) {
        return;
      }
      if (value == null) {
        downstream.onComplete();
      } else {
        downstream.onSuccess(value);
      }
    }

    private void failed(Throwable e) {
      if (end()) {
        downstream.onError(e);
      } else if (e instanceof Error) {
        // An exception is how interrupted code ends; an Error has another reason.
        RxJavaPlugins.onError(e);
      }
    }

    private boolean begin() {
      boolean clockBegins;
      synchronized (this) {
        if (over) {
          return false;
        }
        begun = true;
        thread = Thread.currentThread();
        // Under this lock, so that a disposal after it finds the call running.
        clockBegins = calls != null && calls.get().began();
      }
      if (calls != null) {
        calls.get().startClock(clockBegins);
      }
      return true;
    }

    /** False when disposed: then the thread's next task must not see the interrupt. */
    private boolean end() {
      boolean first;
      synchronized (this) {
        first = !over;
        over = true;
        thread = null;
        if (!first) {
          Thread.interrupted();
        }
      }
      if (calls != null) {
        calls.get().ended();
      }
      return first;
    }

    @Override
    public void dispose() {
      Disposable queued;
      boolean waited;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        queued = task;
        waited = thread == null;
        if (thread != null) {
          thread.interrupt();
        }
      }
      if (queued != null) {
        queued.dispose();
      }
      if (waited && calls != null) {
        calls.get().dropped();
      }
    }

    @Override
    public synchronized boolean isDisposed() {
      return over;
    }
  }
}
