package dev.sluice.samples.exercises;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 36: as many outcomes as keys.
 *
 * <p>From here on with the library. Run the work for all keys, two at a time, so that each key has
 * an outcome: a success, not found, or a failure.
 */
public final class E36Pipeline {
  private E36Pipeline() {}

  // Python:
  //
  //   async def run(keys, work):
  //       semaphore = asyncio.Semaphore(2)
  //       results = [under(semaphore, work(key)) for key in keys]
  //       return await asyncio.gather(*results, return_exceptions=True)

  public static Flowable<Outcome<String, Integer>> run(
      Flowable<String> keys, Work<String, Integer> work) {
    return Pipeline.of(Policy.limit(2), work).runAll(keys);
  }
}
