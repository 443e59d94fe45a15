package dev.sluice.samples.ledger;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import dev.sluice.samples.domains.Verdict;
import io.r2dbc.spi.Readable;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Entries as rows of a table, and back. */
final class Rows {
  static final String COLUMNS = "name, verdict, addresses, seen, attempts, reason";

  private static final int VALUES_PER_ROW = 6;

  /** Rows in one statement: a driver spends more on a statement than on a value of it. */
  private static final int CHUNK = 100;

  private static final String WHOLE_CHUNK = insertText(CHUNK);

  private Rows() {}

  /** The statements that insert a batch, made as they are asked for. */
  static Flowable<Sql> inserts(long recording, List<Entry> batch) {
    return Flowable.fromIterable(batch).buffer(CHUNK).map(chunk -> insert(recording, chunk));
  }

  private static Sql insert(long recording, List<Entry> chunk) {
    List<Object> values = new ArrayList<>(1 + chunk.size() * VALUES_PER_ROW);
    values.add(recording);
    chunk.forEach(entry -> addValues(values, entry));
    return new Sql(chunk.size() == CHUNK ? WHOLE_CHUNK : insertText(chunk.size()), values);
  }

  /** Of a number of rows alone, and never of what is in them; $1 is the recording of all. */
  private static String insertText(int rows) {
    StringBuilder text =
        new StringBuilder("INSERT INTO outcome (recording, " + COLUMNS + ") VALUES");
    int next = 2;
    for (int row = 0; row < rows; row++) {
      text.append(row == 0 ? " ($1" : "), ($1");
      for (int value = 0; value < VALUES_PER_ROW; value++) {
        text.append(", $").append(next++);
      }
    }
    return text.append(')').toString();
  }

  private static void addValues(List<Object> values, Entry entry) {
    values.add(entry.name());
    values.add(entry.verdict().words());
    values.add(String.join(" ", entry.addresses()));
    values.add(time(entry.seen()));
    values.add(entry.attempts());
    values.add(entry.reason());
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(UTC);
  }

  static Entry entry(Readable row) {
    String addresses = text(row, "addresses");
    return new Entry(
        text(row, "name"),
        Verdict.named(text(row, "verdict")),
        addresses.isEmpty() ? List.of() : List.of(addresses.split(" ", -1)),
        requireNonNull(row.get("seen", OffsetDateTime.class)).toInstant(),
        requireNonNull(row.get("attempts", Integer.class)),
        text(row, "reason"));
  }

  static String text(Readable row, String column) {
    return requireNonNull(row.get(column, String.class), column);
  }
}
