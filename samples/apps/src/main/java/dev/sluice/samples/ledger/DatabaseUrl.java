package dev.sluice.samples.ledger;

import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.PROTOCOL;

import dev.sluice.samples.LocalAddress;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The URL of the database that holds a ledger. Its text leaves out the user and the password.
 *
 * @param options for the driver
 * @param shown the text for people
 * @param hostAndPort of a server; empty for a file
 */
public record DatabaseUrl(ConnectionFactoryOptions options, String shown, String hostAndPort) {
  private static final String H2 = "h2";
  private static final String POSTGRESQL = "postgresql";
  private static final Set<String> H2_PROTOCOLS = Set.of("file", "mem");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Lazy queries, because H2 otherwise reads all rows before it returns the first. No shutdown hook
   * of H2, because it would close the database while the last batch after Ctrl-C is stored. No
   * trace files, because errors are reported by the command.
   */
  private static final String H2_OPTIONS =
      "LAZY_QUERY_EXECUTION=1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is not the URL of a database; the message says what is
   *     allowed, and repeats nothing that may be a password
   */
  public static DatabaseUrl parse(String url) {
    try {
      DatabaseUrl place = of(ConnectionFactoryOptions.parse(url));
      // The driver refuses what only it can judge: no user, or options that it does not know.
      ConnectionFactories.get(place.options());
      return place;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refusal(e);
    }
  }

  private static DatabaseUrl of(ConnectionFactoryOptions options) {
    return switch (String.valueOf(options.getValue(DRIVER))) {
      case H2 -> h2(options);
      case POSTGRESQL -> postgresql(options);
      default -> throw refusal(null);
    };
  }

  /** The same database, which is not created if it does not exist. */
  DatabaseUrl existing() {
    return isH2()
        ? new DatabaseUrl(withH2Options(options, "IFEXISTS=TRUE"), shown, hostAndPort)
        : this;
  }

  boolean isH2() {
    return H2.equals(options.getValue(DRIVER));
  }

  private static DatabaseUrl h2(ConnectionFactoryOptions options) {
    Object protocol = options.getValue(PROTOCOL);
    if (!options.hasOption(DATABASE) || !H2_PROTOCOLS.contains(String.valueOf(protocol))) {
      throw refusal(null);
    }
    String shown = "r2dbc:h2:" + protocol + ":///" + options.getValue(DATABASE);
    return new DatabaseUrl(withH2Options(options, H2_OPTIONS), shown, "");
  }

  private static ConnectionFactoryOptions withH2Options(
      ConnectionFactoryOptions options, String more) {
    Option<Object> name = Option.valueOf("options");
    Object given = options.getValue(name);
    String all = given == null ? more : given + ";" + more;
    return options.mutate().option(name, all).build();
  }

  private static DatabaseUrl postgresql(ConnectionFactoryOptions options) {
    if (!options.hasOption(HOST) || !options.hasOption(DATABASE)) {
      throw refusal(null);
    }
    int port = (Integer) Objects.requireNonNullElse(options.getValue(PORT), 5432);
    LocalAddress.checkPort(port);
    String hostAndPort = options.getValue(HOST) + ":" + port;
    String shown = "r2dbc:postgresql://" + hostAndPort + "/" + options.getValue(DATABASE);
    return new DatabaseUrl(withConnectTimeout(options), shown, hostAndPort);
  }

  private static ConnectionFactoryOptions withConnectTimeout(ConnectionFactoryOptions options) {
    return options.hasOption(ConnectionFactoryOptions.CONNECT_TIMEOUT)
        ? options
        : options
            .mutate()
            .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT_TIMEOUT)
            .build();
  }

  private static IllegalArgumentException refusal(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "--db is not a database: allowed are r2dbc:h2:file:///PATH and"
            + " r2dbc:postgresql://USER:PASSWORD@HOST/DATABASE",
        cause);
  }

  @Override
  public String toString() {
    return shown;
  }
}
