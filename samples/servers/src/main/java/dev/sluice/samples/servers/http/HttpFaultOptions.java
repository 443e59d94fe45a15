package dev.sluice.samples.servers.http;

import dev.sluice.Rate;
import dev.sluice.samples.Durations;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of an HTTP server that make faults on purpose. */
public final class HttpFaultOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--refuse",
      paramLabel = "STATUS[:P]",
      converter = RefusalsOption.class,
      description =
          "Refuse requests with the status 429 or 503: always, or with a probability such as"
              + " 503:0.1. May be given twice. Default: no refusals.")
  private @Nullable List<Refusals> refusals;

  @Mixin private final RetryAfterOptions retryAfter = new RetryAfterOptions();

  @Option(
      names = "--quota",
      paramLabel = "N/TIME",
      converter = Quota.class,
      description =
          "Allow each client so many requests in a window of this time, such as 500/300s. Announce"
              + " what is left, and answer what is more with 429. Each address of this machine"
              + " counts by itself. Default: no quota.")
  private @Nullable Rate quota;

  @Option(
      names = "--quota-fields",
      paramLabel = "FORM",
      converter = Fields.class,
      description =
          "Announce the quota as ratelimit (RateLimit and RateLimit-Policy of the IETF draft),"
              + " dictionary (its version 07), separate (RateLimit-Remaining and so on), x"
              + " (X-RateLimit-Remaining and so on) or none. Default: ratelimit.")
  private @Nullable QuotaFields fields;

  @Option(
      names = "--capacity",
      paramLabel = "N,N…",
      converter = Capacity.class,
      description =
          "Answer what is more than so many requests at once with 503. Of several numbers each"
              + " counts for the time of --every, and the last one then stays. Useful with --delay."
              + " Default: no limit.")
  private @Nullable List<Integer> capacity;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = Time.class,
      description = "How long each number of --capacity counts. Default: 10s.")
  private @Nullable Duration every;

  @Option(
      names = "--outage",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "Refuse connections for this long, once, and reset those that are open. Default: no"
              + " outage.")
  private @Nullable Duration outage;

  @Option(
      names = "--after",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Begin the outage so long after the start. Default: 30s.")
  private @Nullable Duration after;

  @Option(
      names = "--reset",
      paramLabel = "P",
      converter = Chance.class,
      description =
          "Reset the connection in the middle of a body with this probability, from 0 to 1."
              + " Default: 0.")
  private @Nullable Double reset;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = SeedOption.class,
      description =
          "Servers with the same seed choose the same delays and faults. Default: another each"
              + " time.")
  private @Nullable Long seed;

  /** The settings with the faults and the seed of these options. */
  public HttpServerSettings applyTo(HttpServerSettings settings) {
    refuseWithout("--quota-fields", fields, "--quota", quota);
    refuseWithout("--every", every, "several numbers of --capacity", severalCapacities());
    refuseWithout("--after", after, "--outage", outage);
    refuseWithout("--retry-after", retryAfter.time(), "--refuse or --capacity", refusals, capacity);
    refuseWithout(
        "--retry-after-form",
        retryAfter.forms(),
        "--refuse, --capacity or --quota",
        refusals,
        capacity,
        quota);
    refuseWithout(
        "--seed",
        seed,
        "--delay, --error-rate, --refuse, --reset or --retry-after-form",
        settings.delay().equals(DelayRange.NONE) ? null : settings.delay(),
        settings.errorRate() == 0 ? null : settings.errorRate(),
        refusals,
        reset,
        retryAfter.forms());
    HttpServerSettings faulty = settings.withFaults(new HttpFaults(plans(), planOfOutage()));
    return seed == null ? faulty : faulty.withSeed(seed);
  }

  /** The quota is last: it counts the requests that other faults refuse, too. */
  private List<FaultPlan> plans() {
    RetryAfterField field = retryAfter.field();
    List<FaultPlan> plans = new ArrayList<>();
    if (reset != null) {
      plans.add(new Resets(reset));
    }
    if (refusals != null) {
      refusals.forEach(each -> plans.add(each.with(field)));
    }
    if (capacity != null) {
      plans.add(new CapacityPlan(capacity, every == null ? Duration.ofSeconds(10) : every, field));
    }
    if (quota != null) {
      plans.add(new QuotaPlan(quota, fields == null ? QuotaFields.RATELIMIT : fields, field));
    }
    return plans;
  }

  private Outage planOfOutage() {
    return outage == null
        ? Outage.NONE
        : new Outage(after == null ? Duration.ofSeconds(30) : after, outage);
  }

  private @Nullable List<Integer> severalCapacities() {
    return capacity != null && capacity.size() > 1 ? capacity : null;
  }

  /** An option that has no effect without one of the others. */
  private void refuseWithout(
      String option, @Nullable Object value, String others, @Nullable Object... needed) {
    if (value != null && Stream.of(needed).allMatch(Objects::isNull)) {
      throw new ParameterException(spec.commandLine(), option + ": allowed with " + others);
    }
  }

  static final class RefusalsOption extends ParsedOption<Refusals> {
    RefusalsOption() {
      super(Refusals::parse);
    }
  }

  static final class Quota extends ParsedOption<Rate> {
    Quota() {
      super(Quota::parse);
    }

    private static Rate parse(String text) {
      Rate quota = Rate.parse(text);
      Durations.checkUpToADay(text, quota.per());
      return quota;
    }
  }

  static final class Fields extends ParsedOption<QuotaFields> {
    Fields() {
      super(QuotaFields::parse);
    }
  }

  static final class Capacity extends ParsedOption<List<Integer>> {
    Capacity() {
      super(CapacityPlan::parse);
    }
  }

  static final class Time extends ParsedOption<Duration> {
    Time() {
      super(Durations::parseUpToADay);
    }
  }

  static final class Chance extends ParsedOption<Double> {
    Chance() {
      super(Probability::parse);
    }
  }
}
