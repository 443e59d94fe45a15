package dev.sluice.samples.domains;

import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.dns.BadNameException;
import dev.sluice.dns.DomainName;
import dev.sluice.journal.JournalCodec;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import dev.sluice.rdap.Registration;
import dev.sluice.samples.apps.EnvironmentProxies;
import dev.sluice.samples.apps.LaneOptions;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of a probe that asks registries (RDAP) instead of name servers. */
final class RdapProbeOptions {
  private static final int CONCURRENCY = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Each call in flight needs a thread of the network scheduler, which has this many. */
  private static final int MAX_CONCURRENCY = 1_000;

  /** With limits for each registry, so many names are read ahead. */
  private static final int WAITING = 10_000;

  private static final String[] NAME_SERVER_OPTIONS = {
    "--resolver",
    "--servers",
    "--trusted",
    "--server-limit",
    "--server-rate",
    "--cookies",
    "--embedded",
    "--type",
    "--types",
    "--wildcards"
  };

  @Option(
      names = "--rdap",
      description =
          "Ask the registries (RDAP) instead of name servers which names are registered, with"
              + " statuses and expiry. Give names as they are registered, such as await.dev."
              + " Then the defaults are 4 names at once and 10s.")
  private boolean wanted;

  @Option(
      names = "--bootstrap",
      paramLabel = "URL|FILE",
      converter = BootstrapOption.class,
      description = "With --rdap: the list of registries (RFC 9224). Default: that of IANA.")
  private @Nullable URI bootstrap;

  private record RdapProbes(Rdap rdap, Limiter limiter) implements NameLookup<Registration> {
    @Override
    public ResultFields<Registration> evidence() {
      return new RdapResultFields();
    }

    @Override
    public Pipeline<String, Registration> pipeline() {
      return rdap.lookupsOfText();
    }

    @Override
    public JournalCodec<String, Registration> journalCodec() {
      return JournalCodec.ofText();
    }

    /** The top-level domain, which has one registry. */
    @Override
    public @Nullable Object lane(String name) {
      try {
        return DomainName.parse(name).topLevel();
      } catch (BadNameException e) {
        return null;
      }
    }

    @Override
    public void close() {
      rdap.close();
    }
  }

  boolean isWanted() {
    return wanted;
  }

  /**
   * Checks that the options go together, and the proxies of the environment.
   *
   * @throws IllegalArgumentException if not; the message says what is allowed
   */
  void check(ParseResult given, LimitOptions limits) {
    if (wanted) {
      EnvironmentProxies.http();
    }
    if (bootstrap != null && !wanted) {
      throw new IllegalArgumentException("--bootstrap: allowed with --rdap");
    }
    for (String option : NAME_SERVER_OPTIONS) {
      if (wanted && given.hasMatchedOption(option)) {
        throw new IllegalArgumentException("--rdap and " + option + ": allowed is one of them");
      }
    }
    if (wanted && limits.concurrency(CONCURRENCY) > MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "--concurrency with --rdap: allowed are 1 to " + MAX_CONCURRENCY);
    }
  }

  Limiter limiter(LimitOptions limits, LaneOptions lanes) {
    return lanes.limiter(limits.concurrency(CONCURRENCY));
  }

  NameLookup<Registration> open(LimitOptions limits, LaneOptions lanes, Limiter limiter) {
    Policy policy =
        lanes
            .policy(limiter, WAITING)
            .withAttemptTimeout(limits.timeout(TIMEOUT))
            .withRetry(Retry.upTo(limits.tries()));
    RdapOptions options = RdapOptions.of(policy).withHttp(EnvironmentProxies.http());
    return new RdapProbes(Rdap.at(bootstrap == null ? Rdap.IANA : bootstrap, options), limiter);
  }
}
