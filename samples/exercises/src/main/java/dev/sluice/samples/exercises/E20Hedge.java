package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;

/**
 * Exercise 20: ask a second time when the first is slow.
 *
 * <p>If {@code first} has not answered after half a second, ask {@code second} as well. The first
 * answer of the two counts.
 */
public final class E20Hedge {
  private E20Hedge() {}

  // Python:
  //
  //   async def hedged(first, second):
  //       task = create_task(first)
  //       done, _ = await asyncio.wait([task], timeout=0.5)
  //       return task.result() if done else await fastest(task, second)

  public static Single<String> hedged(
      Single<String> first, Single<String> second, Scheduler clock) {
    // GAP: replace what follows.
    return Single.ambArray(first, second);
  }
}
