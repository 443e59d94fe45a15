package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 14: three attempts.
 *
 * <p>Try the call up to three times in all.
 */
public final class E14Retry {
  private E14Retry() {}

  // Python:
  //
  //   async def persistent(call):
  //       for attempt in range(3):
  //           try:
  //               return await call()
  //           except Exception:
  //               if attempt == 2:
  //                   raise

  public static Single<String> persistent(Single<String> call) {
    return call.retry(2);
  }
}
