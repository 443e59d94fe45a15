package dev.sluice.samples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.Retry;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Terminal;
import dev.sluice.samples.domains.Asking;
import dev.sluice.samples.domains.Meter;
import dev.sluice.samples.domains.Probing;
import dev.sluice.samples.domains.Screen;
import dev.sluice.samples.domains.Source;
import dev.sluice.samples.domains.Verdict;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Names in, entries into the ledger. */
final class RecordRun {
  private static final int LONGEST_LABEL = 1_000;

  private final Probing probing;
  private final int attempts;
  private final int batch;
  private final PrintWriter err;
  private final Source source;
  private final Meter meter;
  private final Screen screen;

  RecordRun(Probing probing, int attempts, int batch, PrintWriter err) throws IOException {
    this.probing = probing;
    this.attempts = attempts;
    this.batch = batch;
    this.err = err;
    source = probing.source();
    meter = probing.meter(source);
    screen = Screen.on(err, Terminal.isWatching());
  }

  /** Returns the exit status. */
  int run(String url, boolean anew, CtrlC ctrlC) throws IOException {
    try (Ledger ledger = Await.value(Ledger.make(Place.parse(url)));
        Asking.Open asking = probing.open()) {
      Recording recording = Await.value(ledger.record(label(), anew));
      if (recording.storedBefore() > 0) {
        err.println("goes on: " + recording.storedBefore() + " are stored already");
      }
      Await.end(
          recording
              .store(entries(asking, recording).takeUntil(ctrlC.pressed()), batch)
              .doOnNext(this::count)
              .ignoreElements());
      if (!ctrlC.wasPressed()) {
        Await.end(recording.finish());
      }
    }
    screen.end(meter.summary() + (ctrlC.wasPressed() ? ", interrupted" : ""));
    return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : meter.of(Verdict.UNKNOWN) == 0 ? 0 : 1;
  }

  private Flowable<Entry> entries(Asking.Open asking, Recording recording) {
    return new Probes(
            asking.resolver(),
            probing.policy().withRetry(Retry.upTo(attempts)),
            InstantSource.system())
        .entries(recording.unrecorded(source.names()));
  }

  private void count(List<Entry> stored) {
    stored.forEach(entry -> meter.count(entry.verdict()));
    screen.show(meter);
  }

  private String label() {
    String label = probing.label();
    return label.length() <= LONGEST_LABEL
        ? label
        : UUID.nameUUIDFromBytes(label.getBytes(UTF_8)).toString();
  }
}
