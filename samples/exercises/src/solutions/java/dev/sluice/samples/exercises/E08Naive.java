package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * Exercise 8: asynchronous is not concurrent.
 *
 * <p>Get all names. Each call takes one second, and so must all of them together.
 */
public final class E08Naive {
  private E08Naive() {}

  // Python:
  //
  //   async def naive(names):
  //       return [await get(name) for name in names]   # one after another: no concurrency
  //
  //   async def concurrent(names):
  //       tasks = [create_task(get(name)) for name in names]
  //       return [await task for task in tasks]

  public static Flowable<String> all(Flowable<String> names, Function<String, Single<String>> get) {
    return names.flatMapSingle(get);
  }
}
