package dev.sluice.samples.domains;

import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Window;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.RecordType;
import dev.sluice.samples.apps.LaneOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which name servers are asked for which types. */
final class DnsQueryOptions {
  private static final int CONCURRENCY = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Mixin private final ResolverOptions resolvers = new ResolverOptions();

  @Option(
      names = {"-t", "--types"},
      paramLabel = "TYPES",
      defaultValue = "A,AAAA",
      converter = ProbeConverters.Types.class,
      description =
          "A, AAAA or both: the types to ask for, in this order, until there is an address."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private List<RecordType> types;

  @Option(
      names = "--server-limit",
      paramLabel = "N",
      converter = ProbeConverters.Concurrency.class,
      description = "At most this many queries in flight to each name server. Default: no limit.")
  private @Nullable Integer serverLimit;

  @Option(
      names = "--server-rate",
      paramLabel = "N/TIME",
      converter = LaneOptions.RateOption.class,
      description =
          "At most this many queries to each name server in this time, such as 50/s. Default: as"
              + " fast as the answers come.")
  private @Nullable Rate serverRate;

  @Option(
      names = "--cookies",
      description =
          "Send cookies (RFC 7873) to the name servers: a forged answer has to have the right one.")
  private boolean cookies;

  void check() {
    resolvers.check();
    if (cookies && resolvers.isEncrypted()) {
      throw new IllegalArgumentException("--cookies: allowed with name servers over UDP");
    }
  }

  /** The resolver. The caller closes it. */
  ResolverOptions.Open open(LimitOptions limits) throws IOException {
    DnsOptions options =
        DnsOptions.standard()
            .withTimeout(limits.timeout(TIMEOUT))
            .withTries(limits.tries())
            .withLimitPerServer(serverLimit == null ? DnsOptions.NO_LIMIT : serverLimit)
            .withTypes(types);
    DnsOptions paced = serverRate == null ? options : options.withRatePerServer(serverRate);
    return resolvers.overUdp(cookies ? paced.withCookies() : paced);
  }

  /** No timeout and no retry, because the resolver has its own. */
  Policy policy(LimitOptions limits) {
    return policy(Limiter.of(concurrency(limits)));
  }

  /** The same with this limiter. */
  static Policy policy(Limiter limiter) {
    return Policy.of(limiter)
        .withAttemptTimeout(Policy.FOREVER)
        .withWindow(Window.of(limiter.limit()));
  }

  static int concurrency(LimitOptions limits) {
    return limits.concurrency(CONCURRENCY);
  }
}
