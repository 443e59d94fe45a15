package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import java.util.concurrent.Callable;

/**
 * Exercise 28: fetch on one thread, save on another.
 *
 * <p>Fetch on a thread of {@code network}, then save what came on a thread of {@code disk}.
 */
public final class E28TwoThreads {
  private E28TwoThreads() {}

  // Python:
  //
  //   async def fetch_and_save(fetch, save):
  //       image = await loop.run_in_executor(network, fetch)
  //       return await loop.run_in_executor(disk, save, image)

  public static Single<String> fetchAndSave(
      Callable<String> fetch, Function<String, String> save, Scheduler network, Scheduler disk) {
    return Single.fromCallable(fetch).subscribeOn(network).observeOn(disk).map(save);
  }
}
