package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;

/**
 * Exercise 1: two words with a second between them.
 *
 * <p>Emit "One" at once and "Two" one second later. Wait with the clock that is given, so that the
 * check can run in virtual time: an hour passes in no time there.
 */
public final class E01Count {
  private E01Count() {}

  // Python:
  //
  //   async def count():
  //       yield "One"
  //       await asyncio.sleep(1)
  //       yield "Two"

  public static Flowable<String> count(Scheduler clock) {
    // GAP: replace what follows.
    return Flowable.just("One", "Two");
  }
}
