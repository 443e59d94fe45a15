package dev.sluice.samples.domains;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.samples.apps.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many at once, how long, how often: options whose defaults hang on who is asked. */
final class LimitOptions {
  private static final int TRIES = 3;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      converter = ProbeConverters.Concurrency.class,
      description = "At most this many names at once, 1 to 100000. Default: 1000.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = RequestOptions.Time.class,
      description = "Wait this long for an answer to one try. Default: 2s.")
  private @Nullable Duration timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      converter = RequestOptions.Tries.class,
      description = "How often to ask before a name is unknown. Default: " + TRIES + ".")
  private @Nullable Integer tries;

  int concurrency(int usual) {
    return requireNonNullElse(concurrency, usual);
  }

  Duration timeout(Duration usual) {
    return requireNonNullElse(timeout, usual);
  }

  int tries() {
    return requireNonNullElse(tries, TRIES);
  }
}
