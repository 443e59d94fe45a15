package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import java.util.function.Function;

/**
 * One attempt at one key. A lambda will do; {@link #target} is there for the messages.
 *
 * <p>The {@code Maybe} must be cold: every retry subscribes anew. It emits what came, completes
 * empty when there is no such thing, and signals an {@link java.io.IOException} when no usable
 * answer came; any other error is taken for a bug and ends the whole run. Subscribing must not
 * block: lift blocking code with {@code subscribeOn(schedulers.network())}.
 *
 * @param <K> what is asked for
 * @param <V> what comes
 */
@FunctionalInterface
public interface Work<K, V> {
  /**
   * {@return one attempt, cold}
   *
   * @param key what is asked for
   */
  Maybe<V> attempt(K key);

  /**
   * {@return where the attempt goes (a URL, a host and port), for the message when no answer comes}
   *
   * @param key what is asked for
   */
  default String target(K key) {
    return key.toString();
  }

  /**
   * {@return this work, with a better name for where it goes}
   *
   * @param target a URL, a host and port
   */
  default Work<K, V> withTarget(Function<? super K, String> target) {
    Work<K, V> work = this;
    return new Work<>() {
      @Override
      public Maybe<V> attempt(K key) {
        return work.attempt(key);
      }

      @Override
      public String target(K key) {
        return target.apply(key);
      }
    };
  }
}
