package dev.sluice.samples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.Retry;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.Terminal;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.domains.NameProbeOptions;
import dev.sluice.samples.domains.NameSource;
import dev.sluice.samples.domains.ProbeStatistics;
import dev.sluice.samples.domains.ProbeVerdict;
import dev.sluice.samples.domains.ProgressLine;
import dev.sluice.samples.domains.ResolverOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** One run of the record command: probes names and stores an entry for each. */
final class RecordRun {
  private static final int LONGEST_LABEL = 1_000;

  private final NameProbeOptions probing;
  private final int attempts;
  private final int batch;
  private final PrintWriter err;
  private final NameSource source;
  private final ProbeStatistics statistics;
  private final ProgressLine progressLine;

  RecordRun(NameProbeOptions probing, int attempts, int batch, PrintWriter err) throws IOException {
    this.probing = probing;
    this.attempts = attempts;
    this.batch = batch;
    this.err = err;
    source = probing.source();
    statistics = probing.statistics(source);
    progressLine = ProgressLine.on(err, Terminal.isWatching());
  }

  /** Runs to the end or to Ctrl-C, and returns the exit status. */
  int run(DatabaseUrl place, boolean anew, CtrlC ctrlC) throws IOException {
    try (Ledger ledger = Blocking.value(Ledger.make(place));
        ResolverOptions.Open resolver = probing.open()) {
      Recording recording = Blocking.value(ledger.record(label(), anew));
      if (recording.storedBefore() > 0) {
        err.println(
            "continues the last recording: "
                + Numbers.counted(recording.storedBefore(), "name")
                + (recording.storedBefore() == 1 ? " is" : " are")
                + " stored already");
      }
      store(recording, entries(resolver, recording).takeUntil(ctrlC.pressed()));
      if (!ctrlC.wasPressed()) {
        Blocking.end(recording.finish());
      }
    }
    progressLine.end(statistics.summary() + (ctrlC.wasPressed() ? ", interrupted" : ""));
    return ctrlC.wasPressed()
        ? CtrlC.EXIT_STATUS
        : statistics.of(ProbeVerdict.UNKNOWN) == 0 ? 0 : 1;
  }

  private void store(Recording recording, Flowable<LedgerEntry> entries) throws IOException {
    Disposable shown = progressLine.follow(statistics);
    try {
      Blocking.end(recording.store(entries, batch).doOnNext(this::count).ignoreElements());
    } finally {
      shown.dispose();
    }
  }

  private Flowable<LedgerEntry> entries(ResolverOptions.Open resolver, Recording recording) {
    return new AttemptCountingProbe(
            resolver.resolver(),
            probing.policy().withRetry(Retry.upTo(attempts)),
            InstantSource.system())
        .entries(recording.unrecorded(source.names()));
  }

  private void count(List<LedgerEntry> stored) {
    stored.forEach(entry -> statistics.count(entry.verdict()));
  }

  private String label() {
    String label = probing.label();
    return label.length() <= LONGEST_LABEL
        ? label
        : UUID.nameUUIDFromBytes(label.getBytes(UTF_8)).toString();
  }
}
