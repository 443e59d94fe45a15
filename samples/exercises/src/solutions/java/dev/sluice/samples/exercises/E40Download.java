package dev.sluice.samples.exercises;

import static java.time.Duration.ofMillis;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.SavedFile;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;

/**
 * Exercise 40: bounded, retried, cancellable.
 *
 * <p>Download the flags into the folder, three requests at a time, with up to three attempts at
 * each and 10 ms between them. When {@code stop} emits, complete and cancel the requests in flight.
 * Close the client at the end.
 */
public final class E40Download {
  private E40Download() {}

  // Python:
  //
  //   async def download(site, folder, codes, stop):
  //       semaphore = asyncio.Semaphore(3)
  //       async with httpx.AsyncClient() as client:
  //           tasks = [create_task(download_one(client, semaphore, code)) for code in codes]
  //           await asyncio.wait([stop, asyncio.gather(*tasks)], return_when=FIRST_COMPLETED)
  //           for task in tasks:
  //               task.cancel()

  public static Flowable<Outcome<CountryCode, SavedFile>> download(
      URI site, Path folder, Flowable<CountryCode> codes, Flowable<String> stop) {
    Policy policy =
        Policy.limit(3).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ofMillis(10))));
    return Flowable.using(
            () -> Flags.at(site, Folder.at(folder), FlagOptions.of(policy)),
            flags -> flags.downloadAll(codes),
            Flags::close)
        .takeUntil(stop);
  }
}
