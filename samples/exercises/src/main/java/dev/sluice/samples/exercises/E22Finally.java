package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 22: clean up in every case.
 *
 * <p>Run {@code cleanUp} once: after a value, after an error, and after a cancellation.
 */
public final class E22Finally {
  private E22Finally() {}

  // Python:
  //
  //   async def tidy(work, clean_up):
  //       try:
  //           return await work
  //       finally:
  //           clean_up()

  public static Single<String> tidy(Single<String> work, Runnable cleanUp) {
    // GAP: replace what follows.
    return work.doOnSuccess(value -> cleanUp.run());
  }
}
