package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how much of a work goes on at once. */
final class InFlightCounter {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  /** Not doFinally: that one runs after the downstream, when the next work may have begun. */
  Completable count(Completable work) {
    return work.doOnSubscribe(d -> peak.accumulateAndGet(now.incrementAndGet(), Math::max))
        .doOnTerminate(now::decrementAndGet)
        .doOnDispose(now::decrementAndGet);
  }

  int peak() {
    return peak.get();
  }
}
