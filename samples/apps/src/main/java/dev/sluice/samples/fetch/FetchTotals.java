package dev.sluice.samples.fetch;

import dev.sluice.Outcome;
import dev.sluice.Outcome.NotFound;
import dev.sluice.Outcome.Success;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloaded.Unchanged;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.RunReportText;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Counts what a summary of outcomes does not: bytes, resumed and unchanged files. */
final class FetchTotals {
  private static final long NOTE_EVERY_NANOS = 100_000_000;

  private final long start = System.nanoTime();
  private final AtomicLong received = new AtomicLong();
  private long saved;
  private long resumed;
  private long unchanged;
  private long missing;

  /** Counts bytes as they come, and notes their number and rate beside the bar now and then. */
  LongConsumer notedBy(Progress progress) {
    AtomicLong noted = new AtomicLong(start);
    return count -> {
      long sum = received.addAndGet(count);
      long now = System.nanoTime();
      long last = noted.get();
      if (now - last > NOTE_EVERY_NANOS && noted.compareAndSet(last, now)) {
        progress.note(RunReportText.bytes(sum) + ", " + rate(sum, (now - start) / 1e9) + "/s");
      }
    };
  }

  void count(Outcome<?, Downloaded> outcome) {
    if (outcome instanceof NotFound) {
      missing++;
    }
    if (outcome instanceof Success<?, Downloaded> success) {
      if (success.value() instanceof Fetched fetched) {
        if (fetched.resumedAt() > 0) {
          resumed++;
          saved += fetched.resumedAt();
        }
      } else if (success.value() instanceof Unchanged) {
        unchanged++;
      }
    }
  }

  /** Whether a file was not there. */
  boolean isIncomplete() {
    return missing > 0;
  }

  /** One line: what came over the network, and what did not have to. */
  String line() {
    long bytes = received.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    StringBuilder line =
        new StringBuilder(RunReportText.bytes(bytes))
            .append(" received, ")
            .append(rate(bytes, Math.max(seconds, 0.001)))
            .append(" a second");
    if (resumed > 0) {
      line.append("; ")
          .append(resumed)
          .append(" resumed, which saved ")
          .append(RunReportText.bytes(saved));
    }
    if (unchanged > 0) {
      line.append("; ").append(unchanged).append(" unchanged");
    }
    return line.append('.').toString();
  }

  private static String rate(long bytes, double seconds) {
    return RunReportText.bytes(Math.round(bytes / seconds));
  }
}
