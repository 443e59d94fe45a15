package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 3: nothing happens before a subscription.
 *
 * <p>Return 42 and call {@code effect}, but only when there is a subscriber, and once for each.
 */
public final class E03Nested {
  private E03Nested() {}

  // Python:
  //
  //   async def nested():
  //       effect()
  //       return 42
  //
  //   nested()        # effect() does not run: a coroutine that is not awaited does nothing
  //   await nested()  # 42

  public static Single<Integer> nested(Runnable effect) {
    // GAP: replace what follows.
    effect.run();
    return Single.just(42);
  }
}
