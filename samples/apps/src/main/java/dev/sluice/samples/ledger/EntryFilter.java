package dev.sluice.samples.ledger;

import dev.sluice.samples.domains.ProbeVerdict;
import java.time.Instant;

/**
 * Selects entries.
 *
 * @param onlyFound only names that exist, with or without an address
 * @param since no older entries
 * @param limit at most this many
 */
record EntryFilter(boolean onlyFound, Instant since, long limit) {
  static final EntryFilter ALL = new EntryFilter(false, Instant.EPOCH, Long.MAX_VALUE);

  private static final String SELECT =
      "SELECT " + EntryRows.COLUMNS + " FROM outcome WHERE seen >= $1";

  /** The query for these entries, in the order in which they were stored. */
  Sql query() {
    return onlyFound
        ? Sql.of(
            SELECT + " AND verdict IN ($2, $3) ORDER BY id LIMIT $4",
            EntryRows.time(since),
            ProbeVerdict.FOUND.words(),
            ProbeVerdict.NO_ADDRESS.words(),
            limit)
        : Sql.of(SELECT + " ORDER BY id LIMIT $2", EntryRows.time(since), limit);
  }
}
