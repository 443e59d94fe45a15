package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.List;

/**
 * Exercise 4: subscribe, and handle value and error.
 *
 * <p>Subscribe to {@code work}. Add "value " and the value to {@code heard}, or "error " and the
 * message of the error. Return the subscription, so that the caller can cancel it.
 */
public final class E04Await {
  private E04Await() {}

  // Python:
  //
  //   async def listen(work, heard):
  //       try:
  //           heard.append(f"value {await work}")
  //       except Exception as e:
  //           heard.append(f"error {e}")

  public static Disposable listen(Single<Integer> work, List<String> heard) {
    // GAP: replace what follows.
    work.doOnSuccess(value -> heard.add("value " + value));
    return Disposable.disposed();
  }
}
