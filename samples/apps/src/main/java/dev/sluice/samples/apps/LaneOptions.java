package dev.sluice.samples.apps;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Window;
import dev.sluice.samples.Durations;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.limits.SharedLimitsOption;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options {@code --per-host}, {@code --rate}, {@code --adaptive}, {@code --deadline} and {@code
 * --report}: the lanes of a limiter, the time of a run, and what is shown of both.
 */
public final class LaneOptions {
  private static final Duration LONGEST_PARKING = Duration.ofMinutes(1);
  private static final int MOST_WAITING = 100_000;

  /** Of the heap for each waiting key, which takes about a fifth of it. */
  private static final int HEAP_BYTES = 5_000;

  @Option(
      names = "--per-host",
      paramLabel = "N",
      converter = Count.class,
      description = "At most this many requests at once to each host. Default: as many as in all.")
  private @Nullable Integer perHost;

  @Option(
      names = "--rate",
      paramLabel = "N/TIME",
      converter = RateOption.class,
      description =
          "Start at most this many requests to each host in this time, evenly spread, such as 10/s,"
              + " 600/min or 1/2s. Default: as fast as the answers come.")
  private @Nullable Rate rate;

  @Option(
      names = "--adaptive",
      description =
          "Find out by trial how many requests at once each host bears, from 1 to --per-host. With"
              + " this option, --per-host or --rate, a host that answers 429 or 503 is left alone"
              + " for as long as it asks, 1m at most. Default: off.")
  private boolean adaptive;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "End the run after this long, such as 30s or 5m; what is not done then has failed."
              + " Default: no end.")
  private Duration deadline = Policy.FOREVER;

  @Mixin private final SharedLimitsOption shared = new SharedLimitsOption();
  @Mixin private final ReportOption report = new ReportOption();

  /** Whether an option bounds each host. */
  boolean boundHosts() {
    return perHost != null || rate != null || adaptive;
  }

  /**
   * A limiter with a lane for each host.
   *
   * @param limit how many at once in all
   * @throws IllegalArgumentException if the options contradict each other; the message says which
   */
  public Limiter limiter(int limit) {
    return boundHosts() || report.isGiven() || shared.isGiven()
        ? Limiter.of(limit, lanes(limit))
        : Limiter.of(limit);
  }

  private Lanes lanes(int limit) {
    if (shared.isGiven() && rate == null) {
      throw new IllegalArgumentException("--shared-limits: allowed with --rate");
    }
    int each = requireNonNullElse(perHost, limit);
    if (each > limit) {
      throw new IllegalArgumentException(
          "--per-host " + each + ": allowed are 1 to " + limit + ", the limit of all requests");
    }
    Lanes lanes = Lanes.limit(each);
    if (rate != null) {
      lanes = lanes.withRate(rate);
    }
    if (adaptive) {
      lanes = lanes.withAdaptive(1);
    }
    // A report alone changes nothing about the run.
    return boundHosts() ? shared(lanes.withParking(LONGEST_PARKING)) : lanes;
  }

  private Lanes shared(Lanes lanes) {
    return shared.isGiven() ? lanes.withStore(shared.store()) : lanes;
  }

  /**
   * These lanes, changed by the options that are given.
   *
   * @throws IllegalArgumentException if the options contradict each other; the message says which
   */
  public Lanes over(Lanes usual) {
    Lanes lanes = perHost == null ? usual : usual.withLimit(perHost);
    lanes = rate == null ? lanes : lanes.withRate(rate);
    return shared(adaptive ? lanes.withAdaptive(1) : lanes);
  }

  /**
   * A policy with this limiter. Where hosts have bounds, many keys may wait, so that those of one
   * host do not hold up the others.
   *
   * @param waiting at most this many keys; more is of no use
   */
  public Policy policy(Limiter limiter, int waiting) {
    Policy policy = Policy.of(limiter);
    int twice = policy.window().size();
    return boundHosts()
        ? policy.withWindow(Window.of(Math.max(twice, Math.min(waiting, mostWaiting()))))
        : policy;
  }

  private static int mostWaiting() {
    return (int) Math.min(MOST_WAITING, Runtime.getRuntime().maxMemory() / HEAP_BYTES);
  }

  /**
   * A limiter without hosts, whose rate is for all requests together.
   *
   * @param limit how many at once
   * @throws IllegalArgumentException if an option needs hosts; the message says which
   */
  public Limiter limiterWithoutHosts(int limit) {
    if (perHost != null || adaptive) {
      throw new IllegalArgumentException("--per-host and --adaptive: allowed with --rdap");
    }
    if (shared.isGiven()) {
      throw new IllegalArgumentException("--shared-limits: allowed with --rdap");
    }
    return rate == null
        ? Limiter.of(limit)
        : Limiter.of(limit, Lanes.limit(limit).withTotalRate(rate));
  }

  /** How long a run may take; {@link Policy#FOREVER} if the option is not given. */
  public Duration deadline() {
    return deadline;
  }

  /** Whether {@code --deadline} is given. */
  public boolean hasDeadline() {
    return !deadline.equals(Policy.FOREVER);
  }

  /** The option {@code --report}. */
  public ReportOption report() {
    return report;
  }

  /**
   * This progress, and with {@code --report} what the limiter does.
   *
   * @param laneOf the lane of an outcome; null for none
   */
  public Progress reported(
      Progress progress,
      Limiter limiter,
      Function<Outcome<?, ?>, ? extends @Nullable Object> laneOf,
      PrintWriter err) {
    return report.isGiven()
        ? progress.and(
            new LaneReport(limiter, laneOf, LaneReport.Live.beside(progress.isBar()), err))
        : progress;
  }

  static final class Count extends ParsedOption<Integer> {
    Count() {
      super(text -> Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
  }

  /** Reads a rate. */
  public static final class RateOption extends ParsedOption<Rate> {
    RateOption() {
      super(Rate::parse);
    }
  }

  static final class Time extends ParsedOption<Duration> {
    Time() {
      super(Durations::parseTimeout);
    }
  }
}
