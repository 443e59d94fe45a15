package dev.sluice.samples.ledger;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import dev.sluice.samples.domains.ProbeVerdict;
import io.r2dbc.spi.Readable;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Converts entries to rows of a table and back. */
final class EntryRows {
  static final String COLUMNS = "name, verdict, addresses, seen, attempts, reason";

  /** Rows in one statement. H2 takes at most 65,536 elements in an array. */
  private static final int CHUNK = 1_000;

  /**
   * Binds one array for each column, because a driver spends more time on a statement than on a
   * value. UNNEST fills up an array that is too short with NULL, which stands for the usual value.
   */
  private static final String INSERT =
      "INSERT INTO outcome (recording, "
          + COLUMNS
          + """
          ) SELECT CAST($1 AS BIGINT), name, verdict, addresses, seen,
              COALESCE(attempts, 1), COALESCE(reason, '')
          FROM UNNEST(
              CAST($2 AS VARCHAR ARRAY),
              CAST($3 AS VARCHAR ARRAY),
              CAST($4 AS VARCHAR ARRAY),
              CAST($5 AS TIMESTAMP WITH TIME ZONE ARRAY),
              CAST($6 AS INTEGER ARRAY),
              CAST($7 AS VARCHAR ARRAY)) AS entry (name, verdict, addresses, seen, attempts, reason)
          """;

  private EntryRows() {}

  /** The statements that insert a batch, made on demand. */
  static Flowable<Sql> inserts(long recording, List<LedgerEntry> batch) {
    return Flowable.fromIterable(batch).buffer(CHUNK).map(chunk -> insert(recording, chunk));
  }

  private static Sql insert(long recording, List<LedgerEntry> chunk) {
    return Sql.of(
        INSERT,
        recording,
        texts(chunk, LedgerEntry::name),
        texts(chunk, entry -> entry.verdict().words()),
        texts(chunk, entry -> String.join(" ", entry.addresses())),
        column(chunk, entry -> time(entry.seen()), OffsetDateTime[]::new),
        column(
            upToLast(chunk, entry -> entry.attempts() != 1), LedgerEntry::attempts, Integer[]::new),
        texts(upToLast(chunk, entry -> !entry.reason().isEmpty()), LedgerEntry::reason));
  }

  /** Leaves out entries with the usual value at the end; in most batches that is all of them. */
  private static List<LedgerEntry> upToLast(
      List<LedgerEntry> chunk, Predicate<LedgerEntry> isException) {
    int end = chunk.size();
    while (end > 0 && !isException.test(chunk.get(end - 1))) {
      end--;
    }
    return chunk.subList(0, end);
  }

  private static TextArray texts(List<LedgerEntry> chunk, Function<LedgerEntry, String> text) {
    return new TextArray(List.of(column(chunk, text, String[]::new)));
  }

  private static <T> T[] column(
      List<LedgerEntry> chunk, Function<LedgerEntry, T> value, IntFunction<T[]> array) {
    T[] column = array.apply(chunk.size());
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(chunk.get(i));
    }
    return column;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(UTC);
  }

  static LedgerEntry entry(Readable row) {
    String addresses = text(row, "addresses");
    return new LedgerEntry(
        text(row, "name"),
        ProbeVerdict.named(text(row, "verdict")),
        addresses.isEmpty() ? List.of() : List.of(addresses.split(" ", -1)),
        requireNonNull(row.get("seen", OffsetDateTime.class)).toInstant(),
        requireNonNull(row.get("attempts", Integer.class)),
        text(row, "reason"));
  }

  static Long number(Readable row, String column) {
    return requireNonNull(row.get(column, Long.class), column);
  }

  static String text(Readable row, String column) {
    return requireNonNull(row.get(column, String.class), column);
  }
}
