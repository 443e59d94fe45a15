package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * Exercise 13: the first error cancels the others.
 *
 * <p>Get all names at once. The first error ends everything at once, and cancels the calls under
 * way.
 */
public final class E13TaskGroup {
  private E13TaskGroup() {}

  // Python:
  //
  //   async def all_or_nothing(names):
  //       async with asyncio.TaskGroup() as group:
  //           for name in names:
  //               group.create_task(get(name))

  public static Flowable<String> allOrNothing(
      Flowable<String> names, Function<String, Single<String>> get) {
    // GAP: replace what follows.
    return names.flatMapSingle(get, true, Integer.MAX_VALUE);
  }
}
