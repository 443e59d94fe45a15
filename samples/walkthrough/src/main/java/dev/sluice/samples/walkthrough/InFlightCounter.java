package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how many calls are in flight, and remembers the highest number. */
final class InFlightCounter {
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  /**
   * The same call, counted from subscription to its end. {@code doFinally} would count too many: it
   * runs after the downstream, which may have subscribed to the next call by then.
   */
  Completable count(Completable call) {
    return call.doOnSubscribe(d -> peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
        .doOnTerminate(inFlight::decrementAndGet)
        .doOnDispose(inFlight::decrementAndGet);
  }

  int peak() {
    return peak.get();
  }
}
