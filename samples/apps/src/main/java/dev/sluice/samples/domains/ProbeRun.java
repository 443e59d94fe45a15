package dev.sluice.samples.domains;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.Progress;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.time.Duration;

/**
 * One run of the probe. Names are read on a network thread, probed on the threads of the resolver,
 * and written on a disk thread, so that slow input or output does not delay the reading of answers.
 * Names and results change threads in chunks, because one at a time took a third of the run. The
 * reading is ahead of the writing by the window and a few chunks at most.
 *
 * @param <T> the value of a success
 */
final class ProbeRun<T> {
  /** Chunks that may wait for the disk thread. */
  private static final int AHEAD = 4;

  private static final long TICK_MILLIS = 200;

  private final IoSchedulers schedulers = IoSchedulers.shared();
  private final NameSource source;
  private final NameLookup<T> probes;
  private final JournalOptions.Open<String, T> journal;
  private final Duration deadline;
  private final ResultWriter<T> results;
  private final ProbeStatistics statistics;
  private final ProgressLine progressLine;
  private final Progress report;

  ProbeRun(
      NameSource source,
      NameLookup<T> probes,
      JournalOptions.Open<String, T> journal,
      Duration deadline,
      ResultWriter<T> results,
      ProbeStatistics statistics,
      ProgressLine progressLine,
      Progress report) {
    this.source = source;
    this.probes = probes;
    this.journal = journal;
    this.deadline = deadline;
    this.results = results;
    this.statistics = statistics;
    this.progressLine = progressLine;
    this.report = report;
  }

  /** Returns at the end, after Ctrl-C, or when the reader of the output has closed the pipe. */
  void run(CtrlC ctrlC) throws IOException {
    Blocking.end(
        journal
            .journalled(probes.pipeline().within(deadline))
            .runAll(journal.keys(source.names()))
            .filter(this::fillsChunk)
            .observeOn(schedulers.disk(), false, AHEAD)
            .takeWhile(chunk -> results.flush())
            .takeUntil(outputClosed())
            .takeUntil(ctrlC.pressed())
            .ignoreElements());
  }

  /** Flushes now and then, also while no result comes. Emits when the pipe is closed. */
  private Flowable<Long> outputClosed() {
    return Flowable.interval(TICK_MILLIS, MILLISECONDS, schedulers.timer())
        .onBackpressureDrop()
        .observeOn(schedulers.disk(), false, 1)
        .filter(tick -> !showAndFlush());
  }

  private boolean fillsChunk(Outcome<String, T> outcome) {
    statistics.count(probes.evidence().verdict(outcome));
    report.show(outcome);
    return results.add(outcome);
  }

  private boolean showAndFlush() throws IOException {
    progressLine.show(statistics);
    return results.flush();
  }
}
