package dev.sluice;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches the attempts of a limiter, see {@link Limiter#watch}. Every method does nothing by
 * default.
 *
 * <pre>{@code
 * Disposable watching = limiter.watch(new LimiterListener() {
 *   @Override
 *   public void parked(Object lane, Duration pause) {
 *     System.out.println(lane + " is parked for " + pause);
 *   }
 * });
 * }</pre>
 *
 * <p>The calls come one after another, in the order of the events, on one network thread of {@link
 * IoSchedulers#shared()} at a time; a limiter that was made with a timer uses that. They are not on
 * the threads of the attempts: a slow listener delays itself only. Up to {@value
 * ListenerQueue#CAPACITY} events wait for it; those beyond are dropped and counted by {@link
 * #missed}. An exception goes to {@code RxJavaPlugins.onError}, and the next call follows.
 */
public interface LimiterListener {
  /**
   * An attempt asks for a permit. {@link #started} follows when it has one, {@link #ended} when it
   * is disposed before.
   *
   * @param attempt which attempt
   */
  default void queued(Attempt attempt) {}

  /**
   * An attempt has its permit.
   *
   * @param attempt which attempt
   * @param waited since {@link #queued}
   */
  default void started(Attempt attempt, Duration waited) {}

  /**
   * An attempt has ended.
   *
   * @param attempt which attempt
   * @param status how it ended
   * @param took since {@link #started}; zero if it never had a permit
   * @param error what it failed with, such as an HTTP {@code StatusException} or a {@link
   *     DeadlineException}; null if it did not fail
   */
  default void ended(Attempt attempt, Status status, Duration took, @Nullable Throwable error) {}

  /**
   * A failed attempt is followed by another.
   *
   * @param attempt the failed one
   * @param wait how much later the next one asks for a permit
   * @param cause what it failed with
   */
  default void retried(Attempt attempt, Duration wait, IOException cause) {}

  /**
   * A lane starts no attempts for some time: its server refused one, or its quota is used up.
   *
   * @param lane what names the lane
   * @param pause how long, as far as is known now
   */
  default void parked(Object lane, Duration pause) {}

  /**
   * A pipeline has the outcome of a key, with all steps that follow the attempts.
   *
   * @param outcome what came
   */
  default void outcome(Outcome<?, ?> outcome) {}

  /**
   * Events were dropped because this listener was too slow.
   *
   * @param events how many since the last call
   */
  default void missed(long events) {}

  /** The last call: the listener was disposed, and the events before that were delivered. */
  default void closed() {}

  /**
   * One attempt.
   *
   * @param key what is asked for; null for the works of {@link Limiter#permit}
   * @param lane names its lane; null for none
   * @param number 1 for the first attempt at this key
   */
  record Attempt(@Nullable Object key, @Nullable Object lane, int number) {}

  /** How an attempt ended. */
  enum Status {
    /** With a value. */
    SUCCEEDED,
    /** Without a value: there is no such thing. */
    NOT_FOUND,
    /** With an error, its attempt timeout included. */
    FAILED,
    /** It was disposed, with or without a permit. */
    CANCELLED
  }
}
