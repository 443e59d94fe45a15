package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Exercise 25: from a CompletableFuture, with cancellation.
 *
 * <p>Make a {@code Single} of a future. Each subscriber starts a future of its own, and disposing
 * cancels it.
 */
public final class E25Future {
  private E25Future() {}

  // Python:
  //
  //   async def of(start):
  //       return await asyncio.wrap_future(start())   # cancelling the await cancels the future

  public static Single<String> of(Supplier<CompletableFuture<String>> start) {
    // GAP: replace what follows.
    return Single.fromCompletionStage(start.get());
  }
}
