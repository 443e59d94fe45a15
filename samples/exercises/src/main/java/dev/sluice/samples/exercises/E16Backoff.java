package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 16: wait longer after each failure.
 *
 * <p>Try up to four times. Wait 1, 2 and 4 seconds after the first, second and third failure. The
 * fourth failure is the error of the whole.
 */
public final class E16Backoff {
  private E16Backoff() {}

  // Python:
  //
  //   async def patient(call):
  //       for attempt in range(4):
  //           try:
  //               return await call()
  //           except OSError:
  //               if attempt == 3:
  //                   raise
  //               await asyncio.sleep(2 ** attempt)

  public static Single<String> patient(Single<String> call, Scheduler clock) {
    // GAP: replace what follows.
    return call.retryWhen(errors -> errors.delay(1, SECONDS, clock).take(3));
  }
}
