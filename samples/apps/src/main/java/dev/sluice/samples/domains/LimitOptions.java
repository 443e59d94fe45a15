package dev.sluice.samples.domains;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.samples.apps.AttemptTimeout;
import dev.sluice.samples.apps.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options {@code --concurrency}, {@code --timeout} and {@code --tries}. Their defaults are not
 * the same for name servers and for registries.
 */
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
      converter = AttemptTimeout.Converter.class,
      description = "Give up an attempt after this long, such as 500ms, 3.1s or 2m. Default: 2s.")
  private @Nullable AttemptTimeout timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      converter = RequestOptions.Tries.class,
      description = "At most this many attempts before a name is unknown. Default: " + TRIES + ".")
  private @Nullable Integer tries;

  int concurrency(int usual) {
    return requireNonNullElse(concurrency, usual);
  }

  Duration timeout(Duration usual) {
    return timeout == null ? usual : timeout.duration();
  }

  int tries() {
    return requireNonNullElse(tries, TRIES);
  }
}
