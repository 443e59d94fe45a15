package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 18: one time limit over two calls.
 *
 * <p>Both calls together, at once, have 1.5 seconds. Both are cancelled when the time is over. Join
 * the answers with a plus sign.
 */
public final class E18TimeoutOverAll {
  private E18TimeoutOverAll() {}

  // Python:
  //
  //   async def both(left, right):
  //       a, b = await asyncio.wait_for(asyncio.gather(left, right), 1.5)
  //       return f"{a}+{b}"

  public static Single<String> both(Single<String> left, Single<String> right, Scheduler clock) {
    // GAP: replace what follows.
    Single<String> a = left.timeout(1500, MILLISECONDS, clock);
    Single<String> b = right.timeout(1500, MILLISECONDS, clock);
    return a.flatMap(x -> b.map(y -> x + "+" + y));
  }
}
