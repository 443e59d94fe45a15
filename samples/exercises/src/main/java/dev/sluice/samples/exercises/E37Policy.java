package dev.sluice.samples.exercises;

import static java.time.Duration.ofSeconds;

import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.Retry;
import io.reactivex.rxjava3.core.Scheduler;

/**
 * Exercise 37: limit, timeout and retry as one value.
 *
 * <p>Return a policy: three attempts in flight, two seconds for an attempt, three attempts at a key
 * with one second between them. Its timer is {@code clock}.
 */
public final class E37Policy {
  private E37Policy() {}

  // Python:
  //
  //   @retry(attempts=3, wait=1)   # of a library; asyncio itself has none
  //   async def attempt(key):
  //       async with semaphore, asyncio.timeout(2):
  //           return await get(key)

  public static Policy policy(Scheduler clock) {
    // GAP: replace what follows.
    return Policy.limit(3).withSchedulers(IoSchedulers.shared().withTimer(clock));
  }
}
