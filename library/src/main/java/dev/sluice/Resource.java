package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Something that is opened before a stream and closed after it, also on failure and disposal: a
 * client, a session, a journal. It is try-with-resources for streams.
 *
 * <pre>{@code
 * Resource<Visit> visit = Resource.of(() -> statistics.begin(url), Visit::count);
 * Maybe<String> title = visit.useOnce(open -> site.page(url).map(open::titleOf));
 * }</pre>
 *
 * <p>Every subscription opens a resource of its own and closes it exactly once: after the last
 * value and before {@code onComplete} or {@code onError} reaches the subscriber, or on disposal. If
 * the subscription is disposed while the resource opens, the resource is closed as soon as it is
 * open, and the stream does not start.
 *
 * <p>An exception of closing is never lost. After a completed stream it goes to {@code onError},
 * since data may be missing. After a failed stream it is {@linkplain Throwable#addSuppressed
 * suppressed} in the error of the stream, as in try-with-resources; if that error takes no
 * suppressed ones, a {@link CompositeException} of both goes to {@code onError}. After a disposal
 * it goes to {@link RxJavaPlugins#onError}, because the subscriber no longer listens.
 *
 * <p>Thread-safe: one {@code Resource} serves any number of subscriptions.
 *
 * @param <R> the type of the opened resource
 */
public final class Resource<R> {
  private final Callable<? extends R> open;
  private final Close<? super R> close;

  private Resource(Callable<? extends R> open, Close<? super R> close) {
    this.open = open;
    this.close = close;
  }

  /**
   * Closes an opened resource.
   *
   * @param <R> the type of the opened resource
   */
  @FunctionalInterface
  public interface Close<R> {
    /**
     * Closes the resource. Must not block for long: it runs on the thread that ended or disposed
     * the stream.
     *
     * @param opened the opened resource
     * @throws Exception if closing fails
     */
    void close(R opened) throws Exception;
  }

  /**
   * {@return a resource that is opened and closed by these functions}
   *
   * @param open opens the resource, or throws
   * @param close closes the resource
   * @param <R> the type of the opened resource
   */
  public static <R> Resource<R> of(Callable<? extends R> open, Close<? super R> close) {
    return new Resource<>(requireNonNull(open, "open"), requireNonNull(close, "close"));
  }

  /**
   * {@return a resource that is opened by this function and closed by its own {@code close()}}
   *
   * @param open opens the resource, or throws
   * @param <R> the type of the opened resource
   */
  public static <R extends AutoCloseable> Resource<R> of(Callable<? extends R> open) {
    return of(open, AutoCloseable::close);
  }

  /**
   * {@return a stream that uses the open resource}
   *
   * <p><b>Backpressure:</b> that of the stream. <b>Scheduler:</b> none of its own; the resource is
   * opened on the thread that subscribes and closed on the thread that ends or disposes the stream,
   * so use {@code subscribeOn} if opening blocks. <b>Failure:</b> an exception of opening, of the
   * stream or of closing goes to {@code onError}. <b>Cancellation:</b> disposes the stream, then
   * closes the resource.
   *
   * @param stream makes the stream from the open resource
   * @param <T> the type of the values
   */
  public <T> Flowable<T> use(Function<? super R, ? extends Flowable<T>> stream) {
    requireNonNull(stream, "stream");
    return Flowable.using(
        () -> new Opening<R>(open, close),
        opening ->
            Maybe.<R>fromCallable(opening::open)
                .<T>flatMapPublisher(stream)
                .concatWith(Completable.fromAction(opening::close))
                .onErrorResumeNext(e -> Flowable.error(opening.closedAfter(e))),
        Opening::close,
        // The stream is disposed before the resource is closed, so it never sees a closed one.
        false);
  }

  /**
   * {@return one value or none, from work that uses the open resource}
   *
   * <p>The value is emitted after the resource is closed. <b>Scheduler:</b> none of its own; the
   * resource is opened on the thread that subscribes and closed on the thread that ends or disposes
   * the work, so use {@code subscribeOn} if opening blocks. <b>Failure:</b> an exception of
   * opening, of the work or of closing goes to {@code onError}. <b>Cancellation:</b> disposes the
   * work, then closes the resource.
   *
   * @param work makes the work from the open resource
   * @param <T> the type of the value
   */
  public <T> Maybe<T> useOnce(Function<? super R, ? extends Maybe<T>> work) {
    requireNonNull(work, "work");
    return this.<T>use(opened -> work.apply(opened).toFlowable()).singleElement();
  }

  /** One opening of the resource, closed exactly once. */
  private static final class Opening<R> {
    private final Callable<? extends R> open;
    private final Close<? super R> close;

    // Guarded by this.
    private @Nullable R opened;
    private boolean over;

    Opening(Callable<? extends R> open, Close<? super R> close) {
      this.open = open;
      this.close = close;
    }

    /** Opens the resource; null when disposed meanwhile. */
    @Nullable R open() throws Exception {
      R fresh;
      try {
        fresh = requireNonNull(open.call(), "opened");
      } catch (IOException | InterruptedException e) {
        if (isOver()) {
          // The disposal interrupted the opening: no error.
          return null;
        }
        throw e;
      }
      return keep(fresh) ? fresh : closedUnused(fresh);
    }

    /** Closes the resource, unless it is closed already or not open yet. */
    void close() throws Exception {
      R last = take();
      if (last != null) {
        close.close(last);
      }
    }

    /**
     * Closes the resource; an error of closing is suppressed in the error that ended the stream. An
     * error may be made without suppression: then both are in the one that is returned.
     */
    Throwable closedAfter(Throwable e) {
      try {
        close();
      } catch (Exception closing) {
        if (closing != e) {
          return withSuppressed(e, closing);
        }
      }
      return e;
    }

    private static Throwable withSuppressed(Throwable e, Exception closing) {
      int before = e.getSuppressed().length;
      e.addSuppressed(closing);
      return e.getSuppressed().length > before ? e : new CompositeException(e, closing);
    }

    private @Nullable R closedUnused(R fresh) {
      try {
        close.close(fresh);
      } catch (Exception e) {
        RxJavaPlugins.onError(e);
      }
      return null;
    }

    private synchronized boolean isOver() {
      return over;
    }

    private synchronized boolean keep(R fresh) {
      opened = over ? null : fresh;
      return !over;
    }

    private synchronized @Nullable R take() {
      R last = opened;
      opened = null;
      over = true;
      return last;
    }
  }
}
