package dev.sluice.http;

import dev.sluice.IoSchedulers;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.reactivex.rxjava3.exceptions.Exceptions;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls that block their thread, each on a network thread, as {@link Work#blocking} does: the
 * time of an attempt does not begin while the call waits for a thread, and a call that is cancelled
 * keeps its permit until its thread is free. A lookup of the operating system, for example, cannot
 * be cancelled.
 */
final class NetworkThreads {
  private static final Work<BlockingCall, Object> CALLS = Work.blocking(BlockingCall::run);

  private final IoSchedulers schedulers;

  NetworkThreads(IoSchedulers schedulers) {
    this.schedulers = schedulers;
  }

  /**
   * {@return a call on a thread of its own}
   *
   * @param call ends before its {@code subscribe()} returns
   */
  Maybe<Object> run(Maybe<?> call) {
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super Object> downstream) {
        BlockingCall blocking = new BlockingCall(call);
        CALLS
            .attempt(blocking, schedulers)
            .subscribe(new Cancellable(downstream, blocking.upstream));
      }
    };
  }

  /**
   * Disposes the blocking call and what it has subscribed to. {@code doOnDispose} would do so, too,
   * but reports a failure that comes at the same moment to {@code RxJavaPlugins.onError}.
   */
  private static final class Cancellable implements MaybeObserver<Object>, Disposable {
    private final MaybeObserver<? super Object> downstream;
    private final Disposable call;
    private Disposable thread = Disposable.disposed();

    Cancellable(MaybeObserver<? super Object> downstream, Disposable call) {
      this.downstream = downstream;
      this.call = call;
    }

    @Override
    public void onSubscribe(Disposable d) {
      thread = d;
      downstream.onSubscribe(this);
    }

    @Override
    public void onSuccess(Object value) {
      downstream.onSuccess(value);
    }

    @Override
    public void onComplete() {
      downstream.onComplete();
    }

    @Override
    public void onError(Throwable e) {
      downstream.onError(e);
    }

    @Override
    public void dispose() {
      call.dispose();
      thread.dispose();
    }

    @Override
    public boolean isDisposed() {
      return thread.isDisposed();
    }
  }

  /** One call, and what it brought. */
  private static final class BlockingCall implements MaybeObserver<Object> {
    final SerialDisposable upstream = new SerialDisposable();
    private final Maybe<?> call;
    private @Nullable Object value;
    private @Nullable Throwable error;

    BlockingCall(Maybe<?> call) {
      this.call = call;
    }

    @Nullable Object run() throws Exception {
      call.subscribe(this);
      if (error instanceof Exception e) {
        throw e;
      }
      if (error != null) {
        throw Exceptions.propagate(error);
      }
      return value;
    }

    @Override
    public void onSubscribe(Disposable d) {
      upstream.set(d);
    }

    @Override
    public void onSuccess(Object value) {
      this.value = value;
    }

    @Override
    public void onComplete() {}

    @Override
    public void onError(Throwable e) {
      error = e;
    }

    /** For the message when no thread can be started. */
    @Override
    public String toString() {
      return "HTTP call";
    }
  }
}
