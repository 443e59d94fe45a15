package dev.sluice.samples.ledger;

import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.PROTOCOL;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger is kept. It shows itself without the user and the password.
 *
 * @param options what the driver is told
 * @param shown what people are told
 */
public record DatabaseUrl(ConnectionFactoryOptions options, String shown) {
  private static final String H2 = "h2";
  private static final String POSTGRESQL = "postgresql";
  private static final Set<String> H2_PROTOCOLS = Set.of("file", "mem");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Rows are made as they are asked for, or H2 would make all of them before the first. And the
   * database is closed by who opened it: its own shutdown hook would pull it away from the last
   * batch that Ctrl-C lets end. What goes wrong is said once, and not in a trace as well.
   */
  private static final String H2_OPTIONS =
      "LAZY_QUERY_EXECUTION=1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  /**
   * The place that a URL names.
   *
   * @throws IOException if it names none; the message says what is allowed, and never repeats what
   *     may be a password
   */
  public static DatabaseUrl parse(String url) throws IOException {
    ConnectionFactoryOptions options = options(url);
    return switch (String.valueOf(options.getValue(DRIVER))) {
      case H2 -> h2(options);
      case POSTGRESQL -> postgresql(options);
      default -> throw refusal(null);
    };
  }

  /** The same place, but only if there is something already. */
  DatabaseUrl existing() {
    return isH2() ? new DatabaseUrl(withH2Options(options, "IFEXISTS=TRUE"), shown) : this;
  }

  boolean isH2() {
    return H2.equals(options.getValue(DRIVER));
  }

  private static ConnectionFactoryOptions options(String url) throws IOException {
    try {
      return ConnectionFactoryOptions.parse(url);
    } catch (IllegalArgumentException e) {
      throw refusal(e);
    }
  }

  private static DatabaseUrl h2(ConnectionFactoryOptions options) throws IOException {
    Object protocol = options.getValue(PROTOCOL);
    if (!options.hasOption(DATABASE) || !H2_PROTOCOLS.contains(String.valueOf(protocol))) {
      throw refusal(null);
    }
    String shown = "r2dbc:h2:" + protocol + ":///" + options.getValue(DATABASE);
    return new DatabaseUrl(withH2Options(options, H2_OPTIONS), shown);
  }

  private static ConnectionFactoryOptions withH2Options(
      ConnectionFactoryOptions options, String more) {
    Option<Object> name = Option.valueOf("options");
    Object given = options.getValue(name);
    String all = given == null ? more : given + ";" + more;
    return options.mutate().option(name, all).build();
  }

  private static DatabaseUrl postgresql(ConnectionFactoryOptions options) throws IOException {
    if (!options.hasOption(HOST) || !options.hasOption(DATABASE)) {
      throw refusal(null);
    }
    Object port = Objects.requireNonNullElse(options.getValue(PORT), 5432);
    String shown =
        "r2dbc:postgresql://%s:%s/%s"
            .formatted(options.getValue(HOST), port, options.getValue(DATABASE));
    return new DatabaseUrl(withConnectTimeout(options), shown);
  }

  private static ConnectionFactoryOptions withConnectTimeout(ConnectionFactoryOptions options) {
    return options.hasOption(ConnectionFactoryOptions.CONNECT_TIMEOUT)
        ? options
        : options
            .mutate()
            .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT_TIMEOUT)
            .build();
  }

  private static IOException refusal(@Nullable Exception cause) {
    return new IOException(
        "--db is not a database: allowed are r2dbc:h2:file:///PATH and"
            + " r2dbc:postgresql://USER:PASSWORD@HOST/DATABASE",
        cause);
  }

  @Override
  public String toString() {
    return shown;
  }
}
