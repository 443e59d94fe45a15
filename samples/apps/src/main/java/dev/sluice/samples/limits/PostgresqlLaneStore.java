package dev.sluice.samples.limits;

import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.LaneStore;
import dev.sluice.Rate;
import dev.sluice.samples.jdbc.JdbcDatabase;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Rates and pauses of lanes in PostgreSQL. A rate is a bucket of Bucket4j, from which permits are
 * taken ahead: what is missing says when they are due. All times are of the clock of the database.
 *
 * <p>If processes name different rates for a lane, the rate of the store that was opened last
 * counts for all, from its first permit of the lane on. The bucket then begins anew: permits that
 * others have taken ahead are due as before.
 */
public final class PostgresqlLaneStore implements LaneStore, AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final Duration UNUSED = Duration.ofMinutes(1);
  private static final int MOST_REMOVED = 10_000;

  /** The lock keeps processes that start together from making the same table twice. */
  private static final String[] TABLES = {
    "BEGIN",
    "SELECT pg_advisory_xact_lock(7584203)",
    "CREATE TABLE IF NOT EXISTS sluice_rates"
        + " (lane TEXT PRIMARY KEY, state BYTEA, expires_at BIGINT)",
    "CREATE TABLE IF NOT EXISTS sluice_pauses"
        + " (lane TEXT PRIMARY KEY, until TIMESTAMPTZ NOT NULL)",
    "DELETE FROM sluice_pauses WHERE until < clock_timestamp() - INTERVAL '1 hour'",
    "COMMIT"
  };

  private static final String PARK =
      "INSERT INTO sluice_pauses VALUES (?, clock_timestamp() + ? * INTERVAL '1 microsecond')"
          + " ON CONFLICT (lane) DO UPDATE"
          + " SET until = GREATEST(sluice_pauses.until, EXCLUDED.until)";

  /** The time of the database, also if there is no pause. */
  private static final String PAUSES =
      "SELECT (EXTRACT(EPOCH FROM now.at) * 1000000)::BIGINT, lane,"
          + " (EXTRACT(EPOCH FROM until - now.at) * 1000000)::BIGINT"
          + " FROM (SELECT clock_timestamp() AS at) now"
          + " LEFT JOIN sluice_pauses ON until > now.at";

  private static final long NANOS_PER_MICRO = 1_000;

  private final JdbcDatabase database;
  private final HikariDataSource connections;
  private final DatabaseClock clock = new DatabaseClock();
  private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

  /** When this store was opened, by the clock of the database. Later stores replace its rates. */
  private volatile long since;

  private PostgresqlLaneStore(JdbcDatabase database, HikariDataSource connections) {
    this.database = database;
    this.connections = connections;
    buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(connections)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("sluice_rates")
            .idColumn("lane")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .clientClock(clock)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(UNUSED))
            .build();
  }

  /** Connects, and makes the tables if they are not there. */
  public static PostgresqlLaneStore open(JdbcDatabase database) throws IOException {
    database.run(TABLES);
    PostgresqlLaneStore store =
        new PostgresqlLaneStore(database, database.connections(CONNECTIONS));
    try {
      Map<String, Duration> unused = store.readPauses();
      store.since = store.clock.currentTimeNanos();
      int unusedCount = store.buckets.removeExpired(MOST_REMOVED);
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public Single<Duration> lease(String lane, Rate rate, int permits) {
    return Single.fromCallable(() -> leased(lane, rate, permits));
  }

  private Duration leased(String lane, Rate rate, int permits) throws IOException {
    long asked = System.nanoTime();
    try {
      long missing =
          buckets
              .builder()
              .withImplicitConfigurationReplacement(since, TokensInheritanceStrategy.AS_IS)
              .build(lane, () -> bucket(rate))
              .consumeIgnoringRateLimits(permits);
      // The permits are due by the clock, however long the answer took.
      return Duration.ofNanos(Math.max(0, missing - (System.nanoTime() - asked)));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw database.failure(cause);
      }
      throw e;
    }
  }

  /** A bandwidth of the same id keeps its tokens when it replaces another one. */
  private static BucketConfiguration bucket(Rate rate) {
    Duration spacing = rate.spacing();
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(rate.burst())
                .refillGreedy(1, spacing)
                .id(rate.burst() + " " + spacing)
                .build())
        .build();
  }

  @Override
  public Completable park(String lane, Duration pause) {
    return Completable.fromAction(
        () -> {
          boolean unused = database.call(connections, connection -> park(connection, lane, pause));
        });
  }

  private static boolean park(Connection connection, String lane, Duration pause)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PARK)) {
      statement.setString(1, lane);
      statement.setLong(2, pause.toNanos() / NANOS_PER_MICRO);
      return statement.executeUpdate() > 0;
    }
  }

  @Override
  public Single<Map<String, Duration>> pauses() {
    return Single.fromCallable(this::readPauses);
  }

  private Map<String, Duration> readPauses() throws IOException {
    return database.call(connections, this::pauses);
  }

  private Map<String, Duration> pauses(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSES)) {
      long asked = System.nanoTime();
      try (ResultSet rows = statement.executeQuery()) {
        long received = System.nanoTime();
        Map<String, Duration> pauses = new HashMap<>();
        while (rows.next()) {
          clock.correct(rows.getLong(1) * NANOS_PER_MICRO, asked, received);
          String lane = rows.getString(2);
          if (lane != null) {
            pauses.put(lane, Duration.ofNanos(rows.getLong(3) * NANOS_PER_MICRO));
          }
        }
        return pauses;
      }
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
