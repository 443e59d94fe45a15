package dev.sluice.benchmarks;

import dev.sluice.samples.domains.ProbeVerdict;
import dev.sluice.samples.ledger.DatabaseUrl;
import dev.sluice.samples.ledger.Ledger;
import dev.sluice.samples.ledger.LedgerEntry;
import dev.sluice.samples.ledger.Recording;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** 100,000 outcomes into H2 in transactions of 500, in turn with plain JDBC batches. */
final class LedgerRecording implements Scenario {
  static final int BATCH = 500;

  private static final int OUTCOMES = 100_000;

  /** Both run a million outcomes before the measurement. */
  private static final int WARM_UPS = 10;

  private static final Instant SEEN = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<String> ADDRESSES = List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1");

  /** Writes these entries into an empty database in this folder. */
  @FunctionalInterface
  private interface Writer {
    void write(Path folder, List<LedgerEntry> entries) throws IOException, SQLException;
  }

  @Override
  public void run(ScenarioContext stage) throws IOException {
    stage.out().println("ledger: 100,000 outcomes into H2, 500 in a transaction, warm");
    List<LedgerEntry> entries = entries();
    List<ResourceUsage> ours = new ArrayList<>();
    List<ResourceUsage> theirs = new ArrayList<>();
    for (int round = -WARM_UPS; round < stage.settings().runs(); round++) {
      ResourceUsage our = timed(stage, entries, LedgerRecording::record);
      ResourceUsage their = timed(stage, entries, JdbcBatches::write);
      if (round >= 0) {
        ours.add(our);
        theirs.add(their);
      }
    }
    ResultTable table = new ResultTable(OUTCOMES);
    table.add("ours", ours);
    table.add("JDBC batches", theirs);
    table.print(stage.out());
    stage.judge(
        "share of JDBC's rate", table.ratioToOurs("JDBC batches"), TargetFigure.atLeast(0.7));
  }

  private static ResourceUsage timed(
      ScenarioContext stage, List<LedgerEntry> entries, Writer writer) throws IOException {
    Path folder = stage.scratch().emptyFolder("ledger");
    long start = System.nanoTime();
    try {
      writer.write(folder, entries);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return ResourceUsage.of(Duration.ofNanos(System.nanoTime() - start));
  }

  private static void record(Path folder, List<LedgerEntry> entries) throws IOException {
    DatabaseUrl place = DatabaseUrl.parse("r2dbc:h2:file:///" + folder.resolve("ledger"));
    try (Ledger ledger = Ledger.make(place).blockingGet()) {
      Recording recording = ledger.record("benchmark", true).blockingGet();
      recording.store(Flowable.fromIterable(entries), BATCH).blockingSubscribe();
      recording.finish().blockingAwait();
    }
  }

  /** Every second name is free, and one of a thousand is unknown. */
  private static List<LedgerEntry> entries() {
    return IntStream.range(0, OUTCOMES).mapToObj(LedgerRecording::entry).toList();
  }

  private static LedgerEntry entry(int number) {
    String name = "n" + number + ".dev";
    if (number % 1_000 == 250) {
      return new LedgerEntry(name, ProbeVerdict.UNKNOWN, List.of(), SEEN, 2, "no answer within 2s");
    }
    return number % 2 == 0
        ? new LedgerEntry(name, ProbeVerdict.NOT_FOUND, List.of(), SEEN, 1, "")
        : new LedgerEntry(name, ProbeVerdict.FOUND, ADDRESSES, SEEN, 1, "");
  }
}
