package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 2: three counters at once.
 *
 * <p>Run three counters at the same time. All of them take one second together.
 */
public final class E02CountAtOnce {
  private E02CountAtOnce() {}

  // Python:
  //
  //   async def three():
  //       await asyncio.gather(count(), count(), count())

  public static Flowable<String> three(Flowable<String> count) {
    // GAP: replace what follows.
    return Flowable.concat(count, count, count);
  }
}
