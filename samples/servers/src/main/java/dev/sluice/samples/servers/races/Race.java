package dev.sluice.samples.servers.races;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.function.IntFunction;

/**
 * The open requests of one race. When the last of them has got its response or has been given up by
 * its client, the next run of the race begins. Used on one thread.
 */
final class Race {
  private int open;
  private CompletableSubject decided = CompletableSubject.create();

  /**
   * {@return a response to one more request}
   *
   * @param course makes the response from the number of requests that are open, this one included
   */
  <T> Maybe<T> enter(IntFunction<Maybe<T>> course) {
    return Maybe.defer(
        () -> {
          open++;
          return course.apply(open).doFinally(this::leave);
        });
  }

  /** Ends the wait of the requests that {@link #afterDecision} holds. */
  void decide() {
    decided.onComplete();
  }

  /** The same response, once this run is decided. */
  <T> Maybe<T> afterDecision(Maybe<T> response) {
    return decided.andThen(response);
  }

  /** How many requests wait for a response. */
  int open() {
    return open;
  }

  private void leave() {
    open--;
    if (open == 0) {
      decided = CompletableSubject.create();
    }
  }
}
