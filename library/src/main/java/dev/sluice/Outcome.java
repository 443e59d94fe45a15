package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result for one key: a success, not found, or a failure. A failed item must not end a run, so
 * a failure is a value here and not an {@code onError}. Immutable, if key and value are.
 *
 * <pre>{@code
 * String line = outcome.fold(
 *     success -> success.key() + ": " + success.value(),
 *     notFound -> notFound.key() + ": not found",
 *     failure -> failure.key() + ": " + failure.cause().getMessage());
 * }</pre>
 *
 * @param <K> what was asked for
 * @param <V> what came
 */
public sealed interface Outcome<K, V> {

  /** {@return what was asked for} */
  K key();

  /**
   * A value came.
   *
   * @param key what was asked for
   * @param value what came
   * @param <K> the type of the key
   * @param <V> the type of the value
   */
  record Success<K, V>(K key, V value) implements Outcome<K, V> {
    /**
     * Checks that nothing is null.
     *
     * @param key what was asked for
     * @param value what came
     */
    public Success {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
    }
  }

  /**
   * The server says that there is no such thing (404, NXDOMAIN). That is an answer, not an error.
   *
   * @param key what was asked for
   * @param <K> the type of the key
   * @param <V> the type of the value that did not come
   */
  record NotFound<K, V>(K key) implements Outcome<K, V> {
    /**
     * Checks that the key is not null.
     *
     * @param key what was asked for
     */
    public NotFound {
      requireNonNull(key, "key");
    }
  }

  /**
   * No usable answer after all the attempts that the policy allows.
   *
   * @param key what was asked for
   * @param cause why the last attempt failed; its message says what was asked and what came
   * @param attempts how many attempts were made, the last one included
   * @param <K> the type of the key
   * @param <V> the type of the value that did not come
   */
  record Failure<K, V>(K key, IOException cause, int attempts) implements Outcome<K, V> {
    /**
     * Checks that nothing is null, and the count not negative.
     *
     * @param key what was asked for
     * @param cause why the last attempt failed
     * @param attempts how many attempts were made, 0 or more
     */
    public Failure {
      requireNonNull(key, "key");
      requireNonNull(cause, "cause");
      Check.atLeast(0, attempts, "attempts");
    }
  }

  /**
   * {@return a success}
   *
   * @param key what was asked for
   * @param value what came
   * @param <K> the type of the key
   * @param <V> the type of the value
   */
  static <K, V> Outcome<K, V> success(K key, V value) {
    return new Success<>(key, value);
  }

  /**
   * {@return a 'not found'}
   *
   * @param key what was asked for
   * @param <K> the type of the key
   * @param <V> the type of the value that did not come
   */
  static <K, V> Outcome<K, V> notFound(K key) {
    return new NotFound<>(key);
  }

  /**
   * {@return a failure}
   *
   * @param key what was asked for
   * @param cause why the last attempt failed
   * @param attempts how many attempts were made
   * @param <K> the type of the key
   * @param <V> the type of the value that did not come
   */
  static <K, V> Outcome<K, V> failure(K key, IOException cause, int attempts) {
    return new Failure<>(key, cause, attempts);
  }

  /**
   * {@return the same outcome with another value, if it has one}
   *
   * @param change applied to the value of a success
   * @param <W> the type of the other value
   */
  default <W> Outcome<K, W> map(Function<? super V, ? extends W> change) {
    return fold(
        success -> success(success.key(), change.apply(success.value())),
        notFound -> notFound(notFound.key()),
        failure -> failure(failure.key(), failure.cause(), failure.attempts()));
  }

  /**
   * {@return the same outcome with another key}
   *
   * @param change applied to the key
   * @param <L> the type of the other key
   */
  default <L> Outcome<L, V> mapKey(Function<? super K, ? extends L> change) {
    L other = change.apply(key());
    if (this instanceof Success<K, V> success) {
      return success(other, success.value());
    }
    return this instanceof Failure<K, V> failure
        ? failure(other, failure.cause(), failure.attempts())
        : notFound(other);
  }

  /**
   * {@return the outcome made of the value of a success; what is not found or has failed stays so}
   *
   * @param next applied to the value of a success
   * @param <W> the type of the other value
   */
  default <W> Outcome<K, W> flatMap(Function<? super V, Outcome<K, W>> next) {
    if (this instanceof Success<K, V> success) {
      return next.apply(success.value());
    }
    return this instanceof Failure<K, V> failure
        ? failure(failure.key(), failure.cause(), failure.attempts())
        : notFound(key());
  }

  /** {@return the value of a success, else empty} */
  default Optional<V> asOptional() {
    return this instanceof Success<K, V> success ? Optional.of(success.value()) : Optional.empty();
  }

  /**
   * {@return the value of a success}
   *
   * @throws IOException the {@linkplain Failure#cause() cause} itself, if this is a failure
   * @throws NoSuchElementException if this is a 'not found'; its message names the key
   */
  default V orElseThrow() throws IOException {
    if (this instanceof Success<K, V> success) {
      return success.value();
    }
    if (this instanceof Failure<K, V> failure) {
      throw failure.cause();
    }
    throw new NoSuchElementException(key() + ": not found");
  }

  /**
   * One result from whichever of the three it is.
   *
   * @param success applied to a success
   * @param notFound applied to a 'not found'
   * @param failure applied to a failure
   * @param <R> the type of the result
   * @return what the applied function returned
   */
  default <R> R fold(
      Function<? super Success<K, V>, ? extends R> success,
      Function<? super NotFound<K, V>, ? extends R> notFound,
      Function<? super Failure<K, V>, ? extends R> failure) {
    if (this instanceof Success<K, V> s) {
      return success.apply(s);
    }
    if (this instanceof NotFound<K, V> n) {
      return notFound.apply(n);
    }
    return failure.apply((Failure<K, V>) this);
  }
}
