package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts subscriptions that are active at the same time. */
final class InFlight {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();

  /** Does not use doFinally, which runs after the downstream: the next work may have begun. */
  <T> Maybe<T> count(Maybe<T> work) {
    return work.doOnSubscribe(d -> enter())
        .doOnTerminate(now::decrementAndGet)
        .doOnDispose(now::decrementAndGet);
  }

  int now() {
    return now.get();
  }

  int peak() {
    return peak.get();
  }

  int started() {
    return started.get();
  }

  private void enter() {
    started.incrementAndGet();
    int current = now.incrementAndGet();
    peak.accumulateAndGet(current, Math::max);
  }
}
