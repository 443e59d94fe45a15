package dev.sluice.samples.jobs;

import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.samples.jdbc.JdbcDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The jobs in a database, and the table of db-scheduler beside them. */
final class JobTable implements AutoCloseable {
  /** The table of db-scheduler. */
  static final String SCHEDULED = "sluice_queue";

  /** The name that all jobs have in it. */
  static final String TASK = "job";

  private static final int CONNECTIONS = 4;

  /** The lock keeps processes that start together from making the same table twice. */
  private static final String LOCK = "SELECT pg_advisory_lock(7584204)";

  private static final String JOBS =
      "CREATE TABLE IF NOT EXISTS sluice_jobs (id VARCHAR(100) PRIMARY KEY,"
          + " added TIMESTAMP WITH TIME ZONE NOT NULL, kind VARCHAR(20) NOT NULL,"
          + " list TEXT NOT NULL, folder TEXT NOT NULL, options TEXT NOT NULL,"
          + " state VARCHAR(20) NOT NULL, done BIGINT NOT NULL, failed BIGINT NOT NULL,"
          + " worker VARCHAR(200) NOT NULL, note TEXT NOT NULL)";

  /** As db-scheduler documents it. */
  private static final String QUEUE =
      "CREATE TABLE IF NOT EXISTS sluice_queue (task_name VARCHAR(100) NOT NULL,"
          + " task_instance VARCHAR(100) NOT NULL, task_data BYTEA,"
          + " execution_time TIMESTAMP WITH TIME ZONE NOT NULL, picked BOOLEAN NOT NULL,"
          + " picked_by VARCHAR(50), last_success TIMESTAMP WITH TIME ZONE,"
          + " last_failure TIMESTAMP WITH TIME ZONE, consecutive_failures INT,"
          + " last_heartbeat TIMESTAMP WITH TIME ZONE, version BIGINT NOT NULL,"
          + " priority SMALLINT, PRIMARY KEY (task_name, task_instance))";

  /** How often a job failed without progress in between, and its progress then. */
  private static final String FAILURES =
      "CREATE TABLE IF NOT EXISTS sluice_failures (id VARCHAR(100) PRIMARY KEY,"
          + " failures INT NOT NULL, progress BIGINT NOT NULL)";

  /** A new outcome is progress, and so is a failed one that is done now. */
  private static final String FAILED_AGAIN =
      "UPDATE sluice_failures SET failures = CASE WHEN progress < (SELECT done + done + failed"
          + " FROM sluice_jobs WHERE id = ?) THEN 1 ELSE failures + 1 END,"
          + " progress = (SELECT done + done + failed FROM sluice_jobs WHERE id = ?)"
          + " WHERE id = ?";

  private static final String FAILED_FIRST =
      "INSERT INTO sluice_failures SELECT id, 1, done + done + failed FROM sluice_jobs"
          + " WHERE id = ?";

  /** Jobs that are in the queue no more, or never were: earlier versions could leave some. */
  private static final String QUEUE_AGAIN =
      "INSERT INTO sluice_queue (task_name, task_instance, execution_time, picked, version)"
          + " SELECT 'job', id, added, FALSE, 1 FROM sluice_jobs"
          + " WHERE state IN ('waiting', 'running') AND NOT EXISTS (SELECT 1 FROM sluice_queue"
          + " WHERE task_name = 'job' AND task_instance = sluice_jobs.id)";

  /** Between the options of a job; no argument of a process has this character. */
  private static final String SEPARATOR = "\n";

  private final JdbcDatabase database;
  private final HikariDataSource connections;

  private JobTable(JdbcDatabase database, HikariDataSource connections) {
    this.database = database;
    this.connections = connections;
  }

  /** Connects, and makes the tables and the entries of the queue that are not there. */
  static JobTable open(JdbcDatabase database) throws IOException {
    if (database.isH2()) {
      database.run(JOBS, QUEUE, FAILURES, QUEUE_AGAIN);
    } else {
      database.run(LOCK, JOBS, QUEUE, FAILURES, QUEUE_AGAIN);
    }
    return new JobTable(database, database.connections(CONNECTIONS));
  }

  DataSource connections() {
    return connections;
  }

  /** Adds a job to both tables, or to none. */
  void add(Job job) throws IOException {
    boolean unused =
        database.call(
            connections,
            connection -> {
              // Closing the connection rolls back what is not committed.
              connection.setAutoCommit(false);
              int one = add(connection, job);
              int other = queue(connection, job.id());
              connection.commit();
              return one == other;
            });
  }

  private static int add(Connection connection, Job job) throws SQLException {
    return update(
        connection,
        "INSERT INTO sluice_jobs VALUES"
            + " (?, CURRENT_TIMESTAMP, ?, ?, ?, ?, 'waiting', 0, 0, '', '')",
        job.id(),
        job.kind().name(),
        job.list(),
        job.folder().toString(),
        String.join(SEPARATOR, job.options()));
  }

  /** Due at once by the clock of this process, by which workers decide, too. */
  private static int queue(Connection connection, String id) throws SQLException {
    return update(
        connection,
        "INSERT INTO sluice_queue (task_name, task_instance, execution_time, picked, version)"
            + " VALUES (?, ?, ?, FALSE, 1)",
        TASK,
        id,
        OffsetDateTime.now(ZoneOffset.UTC));
  }

  Job job(String id) throws IOException {
    return database.call(
        connections,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT kind, list, folder, options FROM sluice_jobs WHERE id = ?")) {
            statement.setString(1, id);
            return job(id, statement);
          }
        });
  }

  private static Job job(String id, PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("there is no job " + id);
      }
      String options = row.getString(4);
      return new Job(
          id,
          Job.Kind.valueOf(row.getString(1)),
          row.getString(2),
          Path.of(row.getString(3)),
          options.isEmpty() ? List.of() : List.of(options.split(SEPARATOR, -1)));
    }
  }

  void running(String id, String worker) throws IOException {
    update("UPDATE sluice_jobs SET state = 'running', worker = ? WHERE id = ?", worker, id);
  }

  void counted(String id, long done, long failed) throws IOException {
    update("UPDATE sluice_jobs SET done = ?, failed = ? WHERE id = ?", done, failed, id);
  }

  void ended(String id, String state, String note) throws IOException {
    update("UPDATE sluice_jobs SET state = ?, note = ? WHERE id = ?", state, note, id);
  }

  /**
   * Notes a failure. Returns how many there were since the last progress of the job; more than any
   * number if there is no such job.
   */
  int failed(String id) throws IOException {
    return database.call(
        connections,
        connection -> {
          if (update(connection, FAILED_AGAIN, id, id, id) == 0) {
            return update(connection, FAILED_FIRST, id) == 0 ? Integer.MAX_VALUE : 1;
          }
          return failures(connection, id);
        });
  }

  private static int failures(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT failures FROM sluice_failures WHERE id = ?")) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private void update(String sql, Object... values) throws IOException {
    int unused = database.call(connections, connection -> update(connection, sql, values));
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** All jobs in the order in which they were added. */
  List<JobState> states() throws IOException {
    return database.call(
        connections,
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      "SELECT id, state, done, failed, worker, note FROM sluice_jobs"
                          + " ORDER BY added, id");
              ResultSet rows = statement.executeQuery()) {
            List<JobState> states = new ArrayList<>();
            while (rows.next()) {
              states.add(
                  new JobState(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getLong(3),
                      rows.getLong(4),
                      rows.getString(5),
                      rows.getString(6)));
            }
            return states;
          }
        });
  }

  @Override
  public void close() {
    connections.close();
  }
}
