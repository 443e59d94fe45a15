package dev.sluice.samples.ledger;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.domains.Escapes;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.Function;

/** Prints rows of the ledger, a line each. Stops reading when the reader of the pipe stops. */
final class ShowRun {
  private final DatabaseUrl place;
  private final PrintWriter out;

  ShowRun(DatabaseUrl place, PrintWriter out) {
    this.place = place;
    this.out = out;
  }

  int entries(boolean onlyFound, Instant since, long limit, CtrlC ctrlC) throws IOException {
    EntryFilter filter = new EntryFilter(onlyFound, since, limit);
    return print(ledger -> ledger.entries(filter).map(ShowRun::line), ctrlC);
  }

  int changes(CtrlC ctrlC) throws IOException {
    return print(ledger -> ledger.changes().map(ShowRun::line), ctrlC);
  }

  private int print(Function<Ledger, Flowable<String>> lines, CtrlC ctrlC) throws IOException {
    LinePrinter printed = new LinePrinter(out);
    try (Ledger ledger = Blocking.value(Ledger.existing(place))) {
      Blocking.end(
          lines
              .apply(ledger)
              // A full pipe must not block the thread of the driver.
              .observeOn(IoSchedulers.shared().disk(), false, Session.FETCH_SIZE)
              .takeUntil(ctrlC.pressed())
              .takeWhile(printed::print)
              .ignoreElements());
      printed.flush();
    }
    return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : 0;
  }

  private static String line(LedgerEntry entry) {
    StringBuilder line = new StringBuilder();
    line.append(entry.seen()).append(' ').append(entry.verdict().mark()).append(' ');
    Escapes.line(line, entry.name());
    entry.addresses().forEach(address -> line.append(' ').append(address));
    if (!entry.reason().isEmpty()) {
      line.append(": ").append(entry.reason());
    }
    return line.toString();
  }

  private static String line(Change change) {
    StringBuilder line = new StringBuilder();
    Escapes.line(line, change.after().name());
    String before = String.join(" ", change.before().addresses());
    String after = String.join(" ", change.after().addresses());
    return switch (change.kind()) {
      case BECAME_FREE -> line.append(" became free").toString();
      case BECAME_TAKEN -> line.append(" became taken ").append(after).toString().strip();
      case ADDRESS_CHANGED ->
          line.append(" address changed ")
              .append(before.isEmpty() ? "none" : before)
              .append(" -> ")
              .append(after.isEmpty() ? "none" : after)
              .toString();
    };
  }
}
