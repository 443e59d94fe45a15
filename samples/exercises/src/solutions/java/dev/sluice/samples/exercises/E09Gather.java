package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * Exercise 9: at once, but in the order of asking.
 *
 * <p>Get all names at once, and emit the answers in the order of the names, also if a later one is
 * faster.
 */
public final class E09Gather {
  private E09Gather() {}

  // Python:
  //
  //   async def gather_all(names):
  //       return await asyncio.gather(*[get(name) for name in names])

  public static Flowable<String> gather(
      Flowable<String> names, Function<String, Single<String>> get) {
    return names.concatMapEager(name -> get.apply(name).toFlowable());
  }
}
