package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.TimeoutException;

/**
 * Exercise 17: no longer than three seconds.
 *
 * <p>Give the call three seconds. After that it fails with a TimeoutException and is cancelled.
 */
public final class E17Timeout {
  private E17Timeout() {}

  // Python:
  //
  //   async def impatient(call):
  //       return await asyncio.wait_for(call, 3)

  public static Single<String> impatient(Single<String> call, Scheduler clock) {
    // GAP: replace what follows.
    return call.delay(3, SECONDS, clock);
  }
}
