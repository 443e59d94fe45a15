package dev.sluice.samples.exercises;

import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * Exercise 38: one limit for two streams.
 *
 * <p>Get the names of both streams at once, and never more than the limiter allows for both
 * together.
 */
public final class E38SharedLimit {
  private E38SharedLimit() {}

  // Python:
  //
  //   limiter = asyncio.Semaphore(3)   # one object, used by both tasks
  //
  //   async def bounded(name):
  //       async with limiter:
  //           return await get(name)

  public static Flowable<String> both(
      Flowable<String> left,
      Flowable<String> right,
      Function<String, Single<String>> get,
      Limiter limiter) {
    // GAP: replace what follows.
    return Flowable.merge(
        left.flatMapSingle(get, false, limiter.limit()),
        right.flatMapSingle(get, false, limiter.limit()));
  }
}
