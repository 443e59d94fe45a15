package dev.sluice.samples.apps;

import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.samples.Durations;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How requests are made: the options that all commands share. */
public final class RequestOptions {
  private static final int MOST_CONNECTIONS = 1_000;

  @Option(
      names = {"-m", "--max-requests"},
      paramLabel = "CONCURRENT",
      converter = Connections.class,
      description = "At most this many requests at once, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Time.class,
      description = "Give up an attempt after this long. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "1",
      converter = Tries.class,
      description = "Attempts at each in all, where another may help. Default: ${DEFAULT-VALUE}.")
  private int tries;

  /** With so many at once unless something else is asked for. */
  public RequestOptions(int connections) {
    this.connections = connections;
  }

  /** For so many things, which need no more connections than that. */
  public Policy policy(int things) {
    return Policy.of(Limiter.of(Math.max(1, Math.min(connections, things))))
        .withAttemptTimeout(timeout)
        .withRetry(Retry.upTo(tries));
  }

  public static final class Connections extends ParsedOption<Integer> {
    public Connections() {
      super(text -> Numbers.parse(text, 1, MOST_CONNECTIONS));
    }
  }

  public static final class Tries extends ParsedOption<Integer> {
    public Tries() {
      super(text -> Numbers.parse(text, 1, 100));
    }
  }

  public static final class Time extends ParsedOption<Duration> {
    public Time() {
      super(Durations::parseTimeout);
    }
  }
}
