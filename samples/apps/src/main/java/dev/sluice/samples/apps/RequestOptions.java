package dev.sluice.samples.apps;

import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpClient;
import dev.sluice.journal.JournalCodec;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options {@code -m}, {@code --timeout} and {@code --tries} of all commands that use HTTP, and
 * those of {@link LaneOptions}.
 */
public final class RequestOptions {
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MAX_TRIES = 100;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = {"-m", "--max-requests"},
      paramLabel = "N",
      converter = Connections.class,
      description =
          "At most this many requests at once; more than 1000 are cut to 1000. Default:"
              + " ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = AttemptTimeout.Converter.class,
      description =
          "Give up an attempt after this long, such as 500ms, 3.1s or 2m. Default:"
              + " ${DEFAULT-VALUE}.")
  private AttemptTimeout timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      converter = Tries.class,
      description =
          "At most this many attempts, 1 to 100, if an error may pass. Default: ${DEFAULT-VALUE}.")
  private int tries;

  @Option(
      names = "--retries",
      paramLabel = "N",
      converter = Retries.class,
      description = "At most N attempts after the first: the same as --tries with N + 1.")
  private @Nullable Integer retries;

  @Mixin private final LaneOptions lanes = new LaneOptions();
  @Mixin private final JournalOptions journal = new JournalOptions();

  /** Options with these defaults. */
  public RequestOptions(int connections, String timeout) {
    this(connections, timeout, 1);
  }

  /** Options with these defaults. */
  public RequestOptions(int connections, String timeout, int tries) {
    this.connections = connections;
    this.timeout = AttemptTimeout.parse(timeout);
    this.tries = tries;
  }

  /** The number of requests at once for so many keys, which need no more connections than that. */
  public int connections(int keys) {
    return Math.max(1, Math.min(Math.min(connections, MAX_CONNECTIONS), keys));
  }

  /** The policy for so many keys. Says on standard error if {@code -m} is cut. */
  public Policy policy(int keys) {
    if (connections > MAX_CONNECTIONS) {
      spec.commandLine()
          .getErr()
          .println("-m " + connections + " is cut to " + MAX_CONNECTIONS + ".");
    }
    int limit = lanes.boundHosts() ? Math.min(connections, MAX_CONNECTIONS) : connections(keys);
    Limiter limiter = UsageCheck.value(spec, () -> lanes.limiter(limit));
    return lanes
        .policy(limiter, keys)
        .withAttemptTimeout(timeout.duration())
        .withRetry(Retry.upTo(tries()));
  }

  private int tries() {
    if (retries == null) {
      return tries;
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--tries")) {
      throw new ParameterException(
          spec.commandLine(), "--tries and --retries: allowed is one of them");
    }
    return retries + 1;
  }

  /** Whether a report of the run is wanted. */
  public boolean isReporting() {
    return lanes.report().isGiven();
  }

  /** The journal of a run, or none; with {@code --report}, its close prints a report. */
  public <K, V> JournalOptions.Open<K, V> journal(JournalCodec<K, V> codec) throws IOException {
    return journal.open(spec, codec, lanes.report());
  }

  /** The files that the run itself writes: its journal, and the page of its report. */
  public List<Path> filesOfRun() {
    return Stream.of(journal.file(), lanes.report().page(spec)).flatMap(Optional::stream).toList();
  }

  /** Whether the keys come from the journal, so that none have to be named. */
  public boolean takesKeysOfJournal() {
    return journal.isRetryable();
  }

  /** How long an attempt may take; of a download, how long until its response and between bytes. */
  public Duration timeout() {
    return timeout.duration();
  }

  /** The pipeline, whose runs end at {@code --deadline}. */
  public <K, V> Pipeline<K, V> within(Pipeline<K, V> pipeline) {
    return pipeline.within(lanes.deadline());
  }

  /**
   * Refuses {@code --deadline} with a usage error.
   *
   * @param other the option that excludes it
   */
  public void refuseDeadline(String other) {
    if (lanes.hasDeadline()) {
      throw new ParameterException(
          spec.commandLine(), "--deadline and " + other + ": allowed is one of them");
    }
  }

  /**
   * This progress, and with {@code --report} what the limiter does.
   *
   * @param siteOf the site that was asked for an outcome
   */
  public Progress reported(Progress progress, Policy policy, Function<Outcome<?, ?>, URI> siteOf) {
    return lanes.reported(
        progress,
        policy.limiter(),
        outcome -> HttpClient.lane(siteOf.apply(outcome)),
        spec.commandLine().getErr());
  }

  /** Reads the value of {@code -m}. */
  static final class Connections extends ParsedOption<Integer> {
    Connections() {
      super(text -> Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
  }

  static final class Retries extends ParsedOption<Integer> {
    Retries() {
      super(text -> Numbers.parse(text, 0, MAX_TRIES - 1));
    }
  }

  /** Reads a number of attempts. */
  public static final class Tries extends ParsedOption<Integer> {
    public Tries() {
      super(text -> Numbers.parse(text, 1, MAX_TRIES));
    }
  }
}
