package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * Exercise 12: an error is an answer, too.
 *
 * <p>Get all names at once. Where a call fails, emit "error: " and the message in place of the
 * answer. The other calls go on.
 */
public final class E12ReturnExceptions {
  private E12ReturnExceptions() {}

  // Python:
  //
  //   async def all_of(names):
  //       return await asyncio.gather(*[get(n) for n in names], return_exceptions=True)

  public static Flowable<String> all(Flowable<String> names, Function<String, Single<String>> get) {
    return names.flatMapSingle(
        name -> get.apply(name).onErrorReturn(error -> "error: " + error.getMessage()));
  }
}
