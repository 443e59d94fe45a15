package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 30: numbers without an end.
 *
 * <p>Emit the Fibonacci numbers 0, 1, 1, 2, 3 … without an end, each computed when it is requested.
 */
public final class E30Generate {
  private E30Generate() {}

  // Python:
  //
  //   def fibonacci():
  //       a, b = 0, 1
  //       while True:
  //           yield a
  //           a, b = b, a + b

  public static Flowable<Long> fibonacci() {
    // GAP: replace what follows.
    return Flowable.just(0L, 1L, 1L, 2L, 3L);
  }
}
