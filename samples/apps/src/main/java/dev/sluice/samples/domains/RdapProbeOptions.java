package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import dev.sluice.rdap.Registration;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Asking registries instead of name servers. */
final class RdapProbeOptions {
  private static final int CONCURRENCY = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A call keeps a thread, and there are no more of those. */
  private static final int MOST_AT_ONCE = 1_000;

  private static final String[] OF_NAME_SERVERS = {
    "--resolver", "--embedded", "--types", "--wildcards"
  };

  @Option(
      names = "--rdap",
      description =
          "Ask the registries (RDAP) instead of name servers: which names are registered, with"
              + " statuses and expiry. Ask for names as they are registered, such as await.dev."
              + " Then the defaults are 4 names at once and 10s.")
  private boolean wanted;

  @Option(
      names = "--bootstrap",
      paramLabel = "URL|FILE",
      converter = BootstrapOption.class,
      description = "With --rdap: the list of registries (RFC 9224). Default: that of IANA.")
  private @Nullable URI bootstrap;

  private record RdapProbes(Rdap rdap) implements NameLookup<Registration> {
    @Override
    public ResultFields<Registration> evidence() {
      return new RdapResultFields();
    }

    @Override
    public Flowable<Outcome<String, Registration>> of(Flowable<String> names) {
      return rdap.probeAll(names);
    }

    @Override
    public void close() {
      rdap.close();
    }
  }

  boolean isWanted() {
    return wanted;
  }

  /** What makes no sense together, or nothing. */
  void check(ParseResult given, LimitOptions limits) {
    if (bootstrap != null && !wanted) {
      throw new IllegalArgumentException("--bootstrap: allowed with --rdap");
    }
    for (String option : OF_NAME_SERVERS) {
      if (wanted && given.hasMatchedOption(option)) {
        throw new IllegalArgumentException("--rdap and " + option + ": allowed is one of them");
      }
    }
    if (wanted && limits.concurrency(CONCURRENCY) > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "--concurrency with --rdap: allowed are 1 to " + MOST_AT_ONCE);
    }
  }

  NameLookup<Registration> open(LimitOptions limits) {
    Policy policy =
        Policy.limit(limits.concurrency(CONCURRENCY))
            .withAttemptTimeout(limits.timeout(TIMEOUT))
            .withRetry(Retry.upTo(limits.tries()));
    RdapOptions options = RdapOptions.of(policy);
    return new RdapProbes(Rdap.at(bootstrap == null ? Rdap.IANA : bootstrap, options));
  }
}
