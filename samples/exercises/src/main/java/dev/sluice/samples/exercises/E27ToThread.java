package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.Callable;

/**
 * Exercise 27: a blocking call on another thread.
 *
 * <p>{@code read} blocks. Run it on a thread of {@code io}, for each subscriber.
 */
public final class E27ToThread {
  private E27ToThread() {}

  // Python:
  //
  //   async def in_background(read):
  //       return await asyncio.to_thread(read)

  public static Single<String> inBackground(Callable<String> read, Scheduler io) {
    // GAP: replace what follows.
    return Single.fromCallable(read).observeOn(io);
  }
}
