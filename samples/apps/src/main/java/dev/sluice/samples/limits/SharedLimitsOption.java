package dev.sluice.samples.limits;

import dev.sluice.LaneStore;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.jdbc.JdbcDatabase;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --shared-limits}. */
public final class SharedLimitsOption {
  @Option(
      names = "--shared-limits",
      paramLabel = "URL",
      converter = Database.class,
      description =
          "Share --rate, and the pauses of hosts that answer 429 or 503, with all processes that"
              + " name the same database, such as jdbc:postgresql://USER:PASSWORD@HOST/DATABASE."
              + " Their --rate must be the same; else that of the process that began last counts for"
              + " all. If the database does not answer for 30s, requests fail. Default: limits of"
              + " this process alone.")
  private @Nullable JdbcDatabase database;

  public boolean isGiven() {
    return database != null;
  }

  /**
   * What the processes share; its connections end with this process.
   *
   * @throws IllegalArgumentException if the database cannot be used; the message says why
   */
  public LaneStore store() {
    if (database == null) {
      throw new IllegalStateException("not given");
    }
    try {
      return PostgresqlLaneStore.open(database);
    } catch (IOException e) {
      throw new IllegalArgumentException("--shared-limits: " + e.getMessage(), e);
    }
  }

  static final class Database extends ParsedOption<JdbcDatabase> {
    Database() {
      super(JdbcDatabase::postgresql);
    }
  }
}
