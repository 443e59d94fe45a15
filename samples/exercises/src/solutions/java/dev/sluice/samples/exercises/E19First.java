package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 19: the fastest mirror wins.
 *
 * <p>Ask both mirrors at once. Return the first answer, and cancel the other call.
 */
public final class E19First {
  private E19First() {}

  // Python:
  //
  //   async def fastest(left, right):
  //       done, pending = await asyncio.wait([left, right], return_when=FIRST_COMPLETED)
  //       for task in pending:
  //           task.cancel()
  //       return done.pop().result()

  public static Single<String> fastest(Single<String> left, Single<String> right) {
    return Single.ambArray(left, right);
  }
}
