package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 10: two different calls, one result.
 *
 * <p>Call both at the same time and join the answers with a plus sign.
 */
public final class E10Zip {
  private E10Zip() {}

  // Python:
  //
  //   async def both(left, right):
  //       a, b = await asyncio.gather(left, right)
  //       return f"{a}+{b}"

  public static Single<String> both(Single<String> left, Single<String> right) {
    // GAP: replace what follows.
    return left.flatMap(a -> right.map(b -> a + "+" + b));
  }
}
