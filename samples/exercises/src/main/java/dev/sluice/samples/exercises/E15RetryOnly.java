package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;
import java.io.IOException;

/**
 * Exercise 15: retry what can get better.
 *
 * <p>Try up to three times in all, but only after an IOException. Any other exception is a bug and
 * ends the work at once.
 */
public final class E15RetryOnly {
  private E15RetryOnly() {}

  // Python:
  //
  //   async def persistent(call):
  //       for attempt in range(3):
  //           try:
  //               return await call()
  //           except OSError:
  //               if attempt == 2:
  //                   raise

  public static Single<String> persistent(Single<String> call) {
    // GAP: replace what follows.
    return call.retry(2);
  }
}
