package dev.sluice.samples.jdbc;

import static java.util.Objects.requireNonNullElse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.samples.NetworkErrorText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a database for JDBC. Its text leaves out the user and the password.
 *
 * @param url for the driver, without the user and the password
 * @param properties for the driver
 * @param shown the text for people
 * @param hostAndPort of a server; empty for a file
 */
public record JdbcDatabase(String url, Properties properties, String shown, String hostAndPort) {
  private static final String H2 = "jdbc:h2:file:";
  private static final Pattern POSTGRESQL =
      Pattern.compile(
          "jdbc:postgresql://(?:([^:@/]+)(?::([^@]*))?@)?([^/?@]+?)(?::(\\d{1,5}))?/([^/?@]+)(\\?.*)?");

  /** The driver prints warnings of its own. Kept here, or its level would be forgotten. */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  private static final int LARGEST_PORT = 65_535;

  /** Another process opens the file, or the one that served it has ended. */
  private static final Set<Integer> MAY_PASS = Set.of(8000, 90067);

  private static final int H2_TRIES = 4;
  private static final int H2_IN_USE = 90020;
  private static final int H2_ENDS = 90121;
  private static final int H2_ALONE = 90135;
  private static final long CONNECT_MILLIS = 3_000;
  private static final long CONNECT_AGAIN_MILLIS = 1_000;
  private static final long IDLE_MILLIS = 10_000;

  /** So that a silent server is noticed: the next call has a connection of its own. */
  private static final String ANSWER_SECONDS = "5";

  private static final String CONNECT_SECONDS = "3";

  /** Work with a connection. */
  @FunctionalInterface
  public interface Call<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Reads the URL of a PostgreSQL database.
   *
   * @throws IllegalArgumentException if it is none; the message repeats nothing that may be a
   *     password
   */
  public static JdbcDatabase postgresql(String url) {
    return postgresql(url, "jdbc:postgresql://USER:PASSWORD@HOST/DATABASE");
  }

  /**
   * Reads the URL of a PostgreSQL database, or of one of H2 in a file.
   *
   * @throws IllegalArgumentException if it is none; the message repeats nothing that may be a
   *     password
   */
  public static JdbcDatabase parse(String url) {
    String path = url.startsWith(H2) ? url.substring(H2.length()) : "";
    if (path.isEmpty()) {
      return postgresql(url, "jdbc:h2:file:PATH and jdbc:postgresql://USER:PASSWORD@HOST/DATABASE");
    }
    if (path.contains(";")) {
      throw new IllegalArgumentException("the URL of an H2 database: allowed are no settings");
    }
    // The first process serves the others.
    String settings = ";AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0";
    String file = H2 + Path.of(path).toAbsolutePath();
    return new JdbcDatabase(file + settings, new Properties(), file, "");
  }

  private static JdbcDatabase postgresql(String url, String allowed) {
    Matcher parts = POSTGRESQL.matcher(url);
    int port = parts.matches() ? Integer.parseInt(requireNonNullElse(parts.group(4), "5432")) : 0;
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("this is not a database: allowed are " + allowed);
    }
    String hostAndPort = parts.group(3) + ":" + port;
    String shown = "jdbc:postgresql://" + hostAndPort + "/" + parts.group(5);
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("ApplicationName", "sluice");
    put(properties, "user", parts.group(1));
    put(properties, "password", parts.group(2));
    return new JdbcDatabase(
        shown + requireNonNullElse(parts.group(6), ""), properties, shown, hostAndPort);
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  public boolean isH2() {
    return hostAndPort.isEmpty();
  }

  /** At most so many connections, which are opened on demand and closed when idle for 10 s. */
  public HikariDataSource connections(int most) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_MILLIS);
    config.setConnectionTimeout(CONNECT_MILLIS);
    // The first connection is opened by the first call, which says what is wrong.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Runs statements on a connection of its own, without the wait of a pool. Processes that open a
   * file of H2 at the same time are in the way of each other, and so is one that has just ended, so
   * that is tried again.
   */
  public void run(String... statements) throws IOException {
    for (int left = isH2() ? H2_TRIES : 1; left > 0; left--) {
      try {
        execute(statements);
        return;
      } catch (SQLException e) {
        boolean mayPass = left == H2_TRIES || MAY_PASS.contains(e.getErrorCode());
        if (left == 1 || !mayPass) {
          throw failure(e);
        }
      }
      waitForOthers();
    }
  }

  private void waitForOthers() throws IOException {
    try {
      Thread.sleep(CONNECT_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(shown + ": interrupted");
    }
  }

  private void execute(String... statements) throws SQLException {
    Properties copy = new Properties();
    copy.putAll(properties);
    try (Connection connection = DriverManager.getConnection(url, copy);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        boolean unused = statement.execute(each);
      }
    }
  }

  /** Runs a call with a connection of these. */
  public <T> T call(HikariDataSource connections, Call<T> call) throws IOException {
    try (Connection connection = connections.getConnection()) {
      return call.on(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The same error in words for people. */
  public IOException failure(SQLException e) {
    return new IOException(shown + ": " + words(e), e);
  }

  private String words(SQLException e) {
    if (e.getErrorCode() == H2_IN_USE) {
      return "in use by another process";
    }
    // While it closes, it says one or the other.
    if (e.getErrorCode() == H2_ENDS || e.getErrorCode() == H2_ALONE) {
      return "closed, or closing: the process that serves it ends";
    }
    if (String.valueOf(e.getSQLState()).startsWith("28")) {
      return "the user or the password is wrong";
    }
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return NetworkErrorText.of(e, hostAndPort).orElse(first);
  }

  @Override
  public String toString() {
    return shown;
  }
}
