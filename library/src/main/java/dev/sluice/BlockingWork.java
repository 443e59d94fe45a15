package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import org.jspecify.annotations.Nullable;

/** Calls that block, each on a network thread. See {@link Work#blocking}. */
final class BlockingWork<K, V> implements Work<K, V> {
  private final BlockingCall<? super K, ? extends V> call;

  BlockingWork(BlockingCall<? super K, ? extends V> call) {
    this.call = call;
  }

  @Override
  public Maybe<V> attempt(K key) {
    return attempt(key, IoSchedulers.shared());
  }

  @Override
  public Maybe<V> attempt(K key, IoSchedulers schedulers) {
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super V> downstream) {
        OneCall oneCall = new OneCall(key, downstream);
        downstream.onSubscribe(oneCall);
        oneCall.queuedAs(schedulers.network().scheduleDirect(oneCall));
      }
    };
  }

  /** A work whose thread may be busy after the disposal. */
  interface Occupant extends Disposable {
    /**
     * Runs the action when the thread is free; returns false, without running it, if it is free
     * now. Called after the disposal.
     */
    boolean whenFree(Runnable action);
  }

  /** One call, from the scheduler's queue to its end. */
  private final class OneCall implements Runnable, Occupant {
    private final K key;
    private final MaybeObserver<? super V> downstream;

    // Guarded by this.
    private @Nullable Disposable task;
    private @Nullable Thread thread;
    private boolean over;
    private @Nullable Runnable whenFree;

    OneCall(K key, MaybeObserver<? super V> downstream) {
      this.key = key;
      this.downstream = downstream;
    }

    void queuedAs(Disposable queued) {
      boolean disposed;
      synchronized (this) {
        task = queued;
        disposed = over;
      }
      if (disposed) {
        queued.dispose();
      }
    }

    @Override
    public void run() {
      if (begin()) {
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
    }

    private void failed(Throwable e) {
      if (end()) {
        downstream.onError(e);
      } else if (e instanceof Error) {
        // An exception is how interrupted code ends; an Error has another reason.
        RxJavaPlugins.onError(e);
      }
    }

    private synchronized boolean begin() {
      if (!over) {
        thread = Thread.currentThread();
      }
      return !over;
    }

    /** False when disposed: then the thread's next task must not see the interrupt. */
    private boolean end() {
      boolean first;
      Runnable free;
      synchronized (this) {
        first = !over;
        over = true;
        thread = null;
        free = whenFree;
        whenFree = null;
        if (!first) {
          Thread.interrupted();
        }
      }
      if (free != null) {
        free.run();
      }
      return first;
    }

    @Override
    public synchronized boolean whenFree(Runnable action) {
      if (thread == null || thread == Thread.currentThread()) {
        return false;
      }
      whenFree = action;
      return true;
    }

    @Override
    public void dispose() {
      Disposable queued;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        queued = task;
        if (thread != null) {
          thread.interrupt();
        }
      }
      if (queued != null) {
        queued.dispose();
      }
    }

    @Override
    public synchronized boolean isDisposed() {
      return over;
    }
  }
}
