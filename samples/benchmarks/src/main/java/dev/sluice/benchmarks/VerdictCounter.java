package dev.sluice.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts verdicts. Thread-safe. */
final class VerdictCounter {
  /** A verdict. */
  enum Verdict {
    FOUND,
    NO_DATA,
    NOT_FOUND,
    FAILED
  }

  private final Map<Verdict, LongAdder> counts = new EnumMap<>(Verdict.class);
  private final AtomicLong total = new AtomicLong();
  private final long milestone;
  private final Runnable atMilestone;

  VerdictCounter() {
    this(Long.MAX_VALUE, () -> {});
  }

  VerdictCounter(long milestone, Runnable atMilestone) {
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, new LongAdder());
    }
    this.milestone = milestone;
    this.atMilestone = atMilestone;
  }

  void add(Verdict verdict) {
    of(verdict).increment();
    if (total.incrementAndGet() == milestone) {
      atMilestone.run();
    }
  }

  VerdictTotals verdicts() {
    return new VerdictTotals(
        of(Verdict.FOUND).sum(),
        of(Verdict.NO_DATA).sum(),
        of(Verdict.NOT_FOUND).sum(),
        of(Verdict.FAILED).sum());
  }

  private LongAdder of(Verdict verdict) {
    return requireNonNull(counts.get(verdict));
  }
}
