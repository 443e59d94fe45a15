package dev.sluice.samples.jobs;

import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.jdbc.JdbcDatabase;
import picocli.CommandLine.Option;

/** The option {@code --db} of all jobs commands. */
final class JobsOption {
  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "jdbc:h2:file:./jobs",
      converter = Database.class,
      description =
          "The database: jdbc:h2:file:PATH for the processes of one machine, or"
              + " jdbc:postgresql://USER:PASSWORD@HOST/DATABASE. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private JdbcDatabase database;

  JdbcDatabase database() {
    return database;
  }

  static final class Database extends ParsedOption<JdbcDatabase> {
    Database() {
      super(JdbcDatabase::parse);
    }
  }
}
