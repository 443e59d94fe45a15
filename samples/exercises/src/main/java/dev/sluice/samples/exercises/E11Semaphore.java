package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * Exercise 11: at most three at once.
 *
 * <p>Get all names, at most three at the same time.
 */
public final class E11Semaphore {
  private E11Semaphore() {}

  // Python:
  //
  //   semaphore = asyncio.Semaphore(3)
  //
  //   async def bounded(name):
  //       async with semaphore:
  //           return await get(name)

  public static Flowable<String> bounded(
      Flowable<String> names, Function<String, Single<String>> get) {
    // GAP: replace what follows.
    return names.flatMapSingle(get);
  }
}
