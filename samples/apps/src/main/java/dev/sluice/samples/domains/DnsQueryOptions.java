package dev.sluice.samples.domains;

import dev.sluice.Policy;
import dev.sluice.Window;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.RecordType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which name servers are asked, and for what. */
final class DnsQueryOptions {
  private static final int CONCURRENCY = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Mixin private final ResolverOptions asking = new ResolverOptions();

  @Option(
      names = {"-t", "--types"},
      paramLabel = "TYPES",
      defaultValue = "A,AAAA",
      converter = ProbeConverters.Types.class,
      description =
          "A, AAAA or both: what to ask for, one after the other until there is an address."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private List<RecordType> types;

  void check() {
    asking.check();
  }

  /** Who is asked; to be closed. */
  ResolverOptions.Open open(LimitOptions limits) throws IOException {
    return asking.overUdp(
        DnsOptions.standard()
            .withTimeout(limits.timeout(TIMEOUT))
            .withTries(limits.tries())
            .withTypes(types));
  }

  /** The resolver has clocks and tries of its own, and nothing waits but in it. */
  Policy policy(LimitOptions limits) {
    int concurrency = limits.concurrency(CONCURRENCY);
    return Policy.limit(concurrency)
        .withAttemptTimeout(Policy.FOREVER)
        .withWindow(Window.of(concurrency));
  }
}
