package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.OutcomeLog;
import dev.sluice.Phase;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did and where its time went: of the entries of a journal, or while it goes on.
 *
 * <pre>{@code
 * RunReport.Builder report = RunReport.builder();
 * flags.downloads().journalled(journal.and(report), codec).runAll(codes).blockingSubscribe();
 * System.out.println(report.build().bottleneck());
 * }</pre>
 *
 * @param counts how many outcomes there are of each verdict
 * @param errors how many failures there are of each kind of error, the most frequent first
 * @param bytes how many bytes came
 * @param firstStart when the first key was asked for; 1970 if there is no outcome
 * @param lastEnd when the last outcome came; 1970 if there is none
 * @param elapsed from the first start to the last outcome, without times in which no key was under
 *     way
 * @param peakInFlight how many keys had a permit at once at most, as far as the times of the
 *     entries tell
 * @param total the times of all keys together
 * @param phases the times of each phase that took any, over the keys that it took any of
 * @param took the times of the keys from start to outcome
 * @param lanes what was asked, that with the most time first
 * @param lateErrors the first errors that came after the outcome of their key, and had no receiver
 */
public record RunReport(
    Map<JournalVerdict, Long> counts,
    Map<String, Long> errors,
    long bytes,
    Instant firstStart,
    Instant lastEnd,
    Duration elapsed,
    int peakInFlight,
    Duration total,
    Map<Phase, TimeSpread> phases,
    TimeSpread took,
    List<LaneTimes> lanes,
    List<JournalEntry> lateErrors) {

  /**
   * Checks for null.
   *
   * @param counts how many outcomes there are of each verdict
   * @param errors how many failures there are of each kind of error
   * @param bytes how many bytes came
   * @param firstStart when the first key was asked for
   * @param lastEnd when the last outcome came
   * @param elapsed from the first start to the last outcome
   * @param peakInFlight how many keys had a permit at once at most
   * @param total the times of all keys together
   * @param phases the times of each phase
   * @param took the times of the keys from start to outcome
   * @param lanes what was asked
   * @param lateErrors the first errors that came too late
   */
  public RunReport {
    requireNonNull(counts, "counts");
    requireNonNull(errors, "errors");
    requireNonNull(firstStart, "firstStart");
    requireNonNull(lastEnd, "lastEnd");
    requireNonNull(elapsed, "elapsed");
    requireNonNull(total, "total");
    requireNonNull(phases, "phases");
    requireNonNull(took, "took");
    requireNonNull(lanes, "lanes");
    requireNonNull(lateErrors, "lateErrors");
  }

  /** {@return a report without entries, to add some to} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the report of these entries}
   *
   * <p>The last outcome of a key does not replace an earlier one: each line is an outcome of some
   * run. <b>Scheduler:</b> that of the entries. <b>Failure:</b> an error of the entries.
   * <b>Cancellation:</b> cancels the entries.
   *
   * @param entries such as {@link Journal#read(Path)}
   */
  public static Single<RunReport> of(Flowable<JournalEntry> entries) {
    return entries.collect(Builder::new, Builder::append).map(Builder::build);
  }

  /** {@return how many outcomes there are} */
  public long outcomes() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** {@return outcomes per second} */
  public double outcomesPerSecond() {
    return perSecond(outcomes());
  }

  /** {@return bytes per second} */
  public double bytesPerSecond() {
    return perSecond(bytes);
  }

  private double perSecond(long count) {
    return Micros.of(elapsed) == 0 ? 0 : count * 1e6 / Micros.of(elapsed);
  }

  /**
   * {@return what part of all time a phase took, from 0 to 1}
   *
   * <p>That is the time of all keys. It may be shorter than the sum of all phases, because attempts
   * run side by side ({@link dev.sluice.Hedge}): then it is that sum.
   *
   * @param phase which
   */
  public double share(Phase phase) {
    TimeSpread times = phases.get(requireNonNull(phase, "phase"));
    return times == null || allMicros() == 0 ? 0 : Micros.of(times.total()) / allMicros();
  }

  /** The time of all keys, and no less than that of all phases. */
  double allMicros() {
    double sum =
        phases.values().stream().mapToDouble(times -> (double) Micros.of(times.total())).sum();
    return Math.max((double) Micros.of(total), sum);
  }

  /**
   * {@return one sentence that says what took the most time, such as {@code 82 % of the time went
   * into waiting for 5 permits on h1}; empty if no time is known}
   */
  public String bottleneck() {
    return Bottleneck.sentence(this);
  }

  /** Collects entries. Safe for use by many threads. */
  public static final class Builder implements OutcomeLog<JournalEntry> {
    private static final int MOST_LATE_ERRORS = 10;

    // Guarded by this, as all fields below.
    private final Map<JournalVerdict, Long> counts = new EnumMap<>(JournalVerdict.class);
    private final TopCounts errors = new TopCounts();
    private final Map<Phase, MicrosHistogram> phases = new EnumMap<>(Phase.class);
    private final MicrosHistogram took = new MicrosHistogram();
    private final OccupancyOfRuns underWay = new OccupancyOfRuns();
    private final OccupancyOfRuns inFlight = new OccupancyOfRuns();
    private final LaneSums lanes = new LaneSums();
    private final List<JournalEntry> lateErrors = new ArrayList<>();
    private long bytes;

    private Builder() {}

    @Override
    public synchronized void append(JournalEntry entry) {
      if (!entry.verdict().isOutcome()) {
        if (lateErrors.size() < MOST_LATE_ERRORS) {
          lateErrors.add(entry);
        }
        return;
      }
      counts.merge(entry.verdict(), 1L, Long::sum);
      if (entry.error() != null) {
        errors.add(entry.error().kind());
      }
      bytes += Math.min(Math.max(0, entry.bytes()), Long.MAX_VALUE - bytes);
      long micros = Micros.ofEntry(entry.took());
      took.add(micros);
      entry
          .phases()
          .of()
          .forEach(
              (phase, time) ->
                  requireNonNull(phases.computeIfAbsent(phase, unused -> new MicrosHistogram()))
                      .add(Micros.of(time)));
      addIntervals(entry, micros);
      lanes.add(entry);
    }

    private void addIntervals(JournalEntry entry, long micros) {
      long start = Micros.of(entry.start());
      underWay.add(start, start + micros);
      // As if all attempts came after all waits, which is exact for one attempt. Of several, more
      // may seem to be in flight at once than there are permits.
      long permit = start + entry.phases().waitMicros();
      long attempts = entry.phases().attemptMicros();
      if (attempts > 0) {
        inFlight.add(permit, permit + attempts);
      }
    }

    /** {@return the report of the entries so far} */
    public synchronized RunReport build() {
      Map<Phase, TimeSpread> spreads = new EnumMap<>(Phase.class);
      phases.forEach((phase, histogram) -> spreads.put(phase, TimeSpread.of(histogram)));
      return new RunReport(
          new EnumMap<>(counts),
          errors.sorted(),
          bytes,
          Instant.EPOCH.plus(underWay.first(), ChronoUnit.MICROS),
          Instant.EPOCH.plus(underWay.last(), ChronoUnit.MICROS),
          Micros.duration(underWay.micros()),
          Math.min(inFlight.peak(), lanes.mostPermits()),
          Micros.duration(took.totalMicros()),
          spreads,
          TimeSpread.of(took),
          lanes.sorted(),
          List.copyOf(lateErrors));
    }
  }
}
