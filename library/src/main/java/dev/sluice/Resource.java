package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.Callable;

/**
 * Something that is opened before a stream and closed after it, whatever happened in between: a
 * client, a session, a journal. It is try-with-resources for streams.
 *
 * <pre>{@code
 * Resource<Visit> visit = Resource.of(() -> statistics.begin(url), Visit::count);
 * Maybe<String> title = visit.useOnce(open -> site.page(url).map(open::titleOf));
 * }</pre>
 *
 * <p>Every subscription opens its own, and closes it exactly once: when the stream has completed or
 * failed, before the subscriber hears of that; or when it is disposed. When it is disposed while it
 * opens, it is closed as soon as it is open, and the stream never begins.
 *
 * <p>What closing throws is never lost. It takes the place of a completion, since what was written
 * may not be there. It is {@linkplain Throwable#addSuppressed suppressed} in the error that ended
 * the stream, as try-with-resources has it, so that an {@code IOException} stays one. After a
 * disposal there is nobody left to tell, so it goes to {@link RxJavaPlugins#onError}.
 *
 * @param <R> what is open
 */
public final class Resource<R> {
  private final Callable<? extends R> open;
  private final Close<? super R> close;

  private Resource(Callable<? extends R> open, Close<? super R> close) {
    this.open = open;
    this.close = close;
  }

  /**
   * How to close it.
   *
   * @param <R> what is open
   */
  @FunctionalInterface
  public interface Close<R> {
    /**
     * Closes it. Must not take long: it runs where the stream ended or was disposed.
     *
     * @param opened what is open
     * @throws Exception if that fails
     */
    void close(R opened) throws Exception;
  }

  /**
   * {@return something that is opened and closed like this}
   *
   * @param open opens it, or throws
   * @param close closes it
   * @param <R> what is open
   */
  public static <R> Resource<R> of(Callable<? extends R> open, Close<? super R> close) {
    return new Resource<>(requireNonNull(open, "open"), requireNonNull(close, "close"));
  }

  /**
   * {@return something that is opened like this and knows how to be closed}
   *
   * @param open opens it, or throws
   * @param <R> what is open
   */
  public static <R extends AutoCloseable> Resource<R> of(Callable<? extends R> open) {
    return of(open, AutoCloseable::close);
  }

  /**
   * {@return a stream that has it open for as long as it lasts}
   *
   * <p><b>Backpressure:</b> that of the stream. <b>Scheduler:</b> none of its own: it opens where
   * it is subscribed, so {@code subscribeOn} what blocks, and closes where the stream ends or is
   * disposed. <b>Failure:</b> what opening or closing throws goes to {@code onError}.
   * <b>Cancellation:</b> disposes the stream, then closes.
   *
   * @param stream made of what is open
   * @param <T> what it emits
   */
  public <T> Flowable<T> use(Function<? super R, ? extends Flowable<T>> stream) {
    requireNonNull(stream, "stream");
    return Flowable.using(
        () -> new Lease<R>(open, close),
        lease ->
            Maybe.<R>fromCallable(lease::open)
                .<T>flatMapPublisher(stream)
                .concatWith(Completable.fromAction(lease::close))
                .onErrorResumeNext(e -> Flowable.error(lease.closedAfter(e))),
        Lease::close,
        // The stream is disposed first: it shall not run into what is closed already.
        false);
  }

  /**
   * {@return one value, or none, with it open in the meantime}
   *
   * <p>The value comes once it is closed. <b>Scheduler, failure, cancellation:</b> as for {@link
   * #use}.
   *
   * @param work made of what is open
   * @param <T> what it emits
   */
  public <T> Maybe<T> useOnce(Function<? super R, ? extends Maybe<T>> work) {
    requireNonNull(work, "work");
    return this.<T>use(opened -> work.apply(opened).toFlowable()).singleElement();
  }
}
