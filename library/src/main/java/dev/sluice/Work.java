package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Maybe;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one key. A lambda will do; {@link #target} is there for the messages.
 *
 * <p>The {@code Maybe} must be cold: every retry subscribes anew. It emits what came, completes
 * empty when there is no such thing, and signals an {@link java.io.IOException} when no usable
 * answer came, or an {@link java.io.UncheckedIOException} with it. Any other error is a bug and
 * ends the whole run, unless an {@link ErrorTranslator} knows it. Subscribing must not block:
 * {@link #blocking} is for code that does.
 *
 * @param <K> the type of a key
 * @param <V> the type of a value
 */
@FunctionalInterface
public interface Work<K, V> {
  /**
   * {@return one attempt, cold}
   *
   * <p><b>Scheduler:</b> any; the pipeline subscribes on the thread that got the permit, so
   * subscribing must not block. The time of the attempt begins when {@code subscribe} has returned.
   * It includes a wait for a thread of your own {@code subscribeOn}, but not that of a {@link
   * #blocking} work or of a call of {@code HttpClient.api}. <b>Failure:</b> an {@code IOException}
   * fails the attempt, any other error is a bug. <b>Cancellation:</b> disposing must end the
   * attempt, because its permit goes to another key.
   *
   * @param key what is asked for
   */
  Maybe<V> attempt(K key);

  /**
   * {@return one attempt, cold, for a work that needs the threads of its policy}
   *
   * <p>This is what a {@link Pipeline} calls. By default {@link #attempt(Object)}.
   * <b>Scheduler:</b> one of these, or any other; subscribing must not block. <b>Failure:</b> an
   * {@code IOException} fails the attempt, any other error is a bug. <b>Cancellation:</b> disposing
   * must end the attempt.
   *
   * @param key what is asked for
   * @param schedulers those of the policy
   */
  default Maybe<V> attempt(K key, IoSchedulers schedulers) {
    return attempt(key);
  }

  /**
   * {@return where the attempt goes (a URL, a host and port), for the message when no answer comes}
   *
   * @param key what is asked for
   */
  default String target(K key) {
    return key.toString();
  }

  /**
   * {@return the lane of a limiter that has {@link Lanes}: the host that is asked, its registry, or
   * a tenant; null, the default, for no bounds but those of the whole limiter}
   *
   * @param key what is asked for
   */
  default @Nullable Object lane(K key) {
    return null;
  }

  /**
   * {@return a work that blocks a thread of the policy's network scheduler while it has a permit}
   *
   * <pre>{@code
   * Pipeline<Long, User> users = Pipeline.of(Policy.limit(8), Work.blocking(database::user));
   * }</pre>
   *
   * <p>An {@code IOException} is a failed attempt, {@code null} is <i>not found</i>, and any other
   * exception is a bug. The time of the attempt begins when the call has its thread. Disposing, and
   * an attempt timeout, interrupt the thread; whatever exception the call throws after that is
   * ignored. A call that ignores the interrupt keeps its permit until it returns, so that never
   * more threads are busy than the limiter allows; its outcome does not wait for that.
   *
   * @param call one attempt; called on many threads at once
   * @param <K> the type of a key
   * @param <V> the type of a value
   */
  static <K, V> Work<K, V> blocking(BlockingCall<? super K, ? extends V> call) {
    return new BlockingWork<>(requireNonNull(call, "call"));
  }

  /**
   * {@return this work with another name for where it goes}
   *
   * @param target a URL, a host and port
   */
  default Work<K, V> withTarget(Function<? super K, String> target) {
    return described(this, requireNonNull(target, "target"), this::lane);
  }

  /**
   * {@return this work in these lanes}
   *
   * <pre>{@code
   * Work<URI, Page> polite = work.withLane(URI::getHost);
   * }</pre>
   *
   * @param lane names the lane of a key: anything with {@code equals}; null for no lane
   */
  default Work<K, V> withLane(Function<? super K, ? extends @Nullable Object> lane) {
    return described(this, this::target, requireNonNull(lane, "lane"));
  }

  private static <K, V> Work<K, V> described(
      Work<K, V> work,
      Function<? super K, String> target,
      Function<? super K, ? extends @Nullable Object> lane) {
    return new Work<>() {
      @Override
      public Maybe<V> attempt(K key) {
        return work.attempt(key);
      }

      @Override
      public Maybe<V> attempt(K key, IoSchedulers schedulers) {
        return work.attempt(key, schedulers);
      }

      @Override
      public String target(K key) {
        return target.apply(key);
      }

      @Override
      public @Nullable Object lane(K key) {
        return lane.apply(key);
      }
    };
  }

  /**
   * A call that blocks its thread until it has a value.
   *
   * @param <K> the type of a key
   * @param <V> the type of a value
   */
  @FunctionalInterface
  interface BlockingCall<K, V> {
    /**
     * {@return what came; null when there is no such thing}
     *
     * @param key what is asked for
     * @throws Exception an {@code IOException} for a failed attempt, anything else for a bug
     */
    @Nullable V call(K key) throws Exception;
  }
}
