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
    return call.retryWhen(
        errors ->
            errors
                .zipWith(
                    Flowable.range(0, 4),
                    (error, n) ->
                        n < 3
                            ? Flowable.timer(1L << n, SECONDS, clock)
                            : Flowable.<Long>error(error))
                .flatMap(wait -> wait));
  }
}
