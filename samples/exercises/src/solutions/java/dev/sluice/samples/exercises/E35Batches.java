package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.List;

/**
 * Exercise 35: three together, or after a second.
 *
 * <p>Collect the names into lists: of three, or of what has come when a second is over.
 */
public final class E35Batches {
  private E35Batches() {}

  // Python:
  //
  //   async def batches(queue):
  //       while True:
  //           batch = await take(queue, at_most=3, within=1)
  //           yield batch

  public static Flowable<List<String>> batches(Flowable<String> names, Scheduler clock) {
    return names.buffer(1, SECONDS, clock, 3);
  }
}
