package dev.sluice.samples.limits;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Rate;
import dev.sluice.samples.jdbc.JdbcDatabase;
import dev.sluice.samples.ledger.PostgresqlServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which rate counts if processes, one after the other or at once, have different ones. */
@Timeout(60)
class PostgresqlLaneStoreTest {
  private static final String HOST = "host";

  /** Its spacing is far longer than a test takes. */
  private static final Rate SLOW = Rate.parse("1/h");

  private static final Rate FAST = Rate.perSecond(1_000);

  private static @Nullable PostgresqlServer postgresql;

  @SuppressWarnings("NullAway.Init")
  private JdbcDatabase database;

  @BeforeAll
  @Timeout(90)
  static void startPostgresql() throws IOException, InterruptedException {
    postgresql = PostgresqlServer.startOrSkip("rates");
  }

  @AfterAll
  static void stopPostgresql() throws IOException {
    if (postgresql != null) {
      postgresql.close();
    }
  }

  @BeforeEach
  void makeDatabase() throws IOException, InterruptedException {
    if (postgresql == null) {
      throw new IllegalStateException("not started");
    }
    database = JdbcDatabase.postgresql(postgresql.emptyJdbcDatabase());
  }

  /** Whether the last of so many permits is due by the slow rate, which is an hour each. */
  private static boolean isSlow(PostgresqlLaneStore store, Rate rate, int permits) {
    return store.lease(HOST, rate, permits).blockingGet().toMinutes() > 50;
  }

  @Test
  void aSlowerRunAfterAFastOneHasItsOwnRate() throws IOException {
    try (PostgresqlLaneStore fast = PostgresqlLaneStore.open(database)) {
      assertFalse(isSlow(fast, FAST, 100));
    }
    try (PostgresqlLaneStore slow = PostgresqlLaneStore.open(database)) {
      // What is missing by the fast rate would be 100 hours by this one.
      assertFalse(isSlow(slow, SLOW, 1));
      assertTrue(isSlow(slow, SLOW, 1));
    }
  }

  @Test
  void aFasterRunAfterASlowOneHasItsOwnRate() throws IOException {
    try (PostgresqlLaneStore slow = PostgresqlLaneStore.open(database)) {
      assertTrue(isSlow(slow, SLOW, 2));
    }
    try (PostgresqlLaneStore fast = PostgresqlLaneStore.open(database)) {
      assertFalse(isSlow(fast, FAST, 100));
    }
  }

  @Test
  void theRateOfTheLastOneThatBeganCountsForAll() throws IOException {
    try (PostgresqlLaneStore first = PostgresqlLaneStore.open(database);
        PostgresqlLaneStore last = PostgresqlLaneStore.open(database)) {
      assertTrue(isSlow(first, SLOW, 2));
      assertFalse(isSlow(last, FAST, 100));
      assertFalse(isSlow(first, SLOW, 100));
      assertFalse(isSlow(last, FAST, 100));
    }
  }

  @Test
  void aRunOfTheSameRateGetsNoPermitsAnew() throws IOException {
    try (PostgresqlLaneStore first = PostgresqlLaneStore.open(database)) {
      assertTrue(isSlow(first, SLOW, 2));
    }
    try (PostgresqlLaneStore next = PostgresqlLaneStore.open(database)) {
      assertTrue(isSlow(next, SLOW, 1));
    }
  }
}
