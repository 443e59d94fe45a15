package dev.sluice.benchmarks;

import dev.sluice.samples.ledger.LedgerEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;

/** The same rows by hand: a prepared statement, a batch, a commit. */
final class JdbcBatches {
  private static final List<String> TABLE =
      List.of(
          "CREATE TABLE outcome (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
              + " recording BIGINT NOT NULL, name VARCHAR(253) NOT NULL,"
              + " verdict VARCHAR(10) NOT NULL, addresses VARCHAR(10000) NOT NULL,"
              + " seen TIMESTAMP WITH TIME ZONE NOT NULL, attempts INTEGER NOT NULL,"
              + " reason VARCHAR(1000) NOT NULL)",
          "CREATE INDEX outcome_by_name ON outcome (name, id)");
  private static final String INSERT =
      "INSERT INTO outcome (recording, name, verdict, addresses, seen, attempts, reason)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  private JdbcBatches() {}

  static void write(Path folder, List<LedgerEntry> entries) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("jdbc");
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : TABLE) {
          statement.execute(sql);
        }
      }
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int from = 0; from < entries.size(); from += LedgerRecording.BATCH) {
          int to = Math.min(entries.size(), from + LedgerRecording.BATCH);
          batch(insert, entries.subList(from, to));
          connection.commit();
        }
      }
    }
  }

  private static void batch(PreparedStatement insert, List<LedgerEntry> entries)
      throws SQLException {
    for (LedgerEntry entry : entries) {
      insert.setLong(1, 1);
      insert.setString(2, entry.name());
      insert.setString(3, entry.verdict().words());
      insert.setString(4, String.join(" ", entry.addresses()));
      insert.setObject(5, entry.seen().atOffset(ZoneOffset.UTC));
      insert.setInt(6, entry.attempts());
      insert.setString(7, entry.reason());
      insert.addBatch();
    }
    insert.executeBatch();
  }
}
