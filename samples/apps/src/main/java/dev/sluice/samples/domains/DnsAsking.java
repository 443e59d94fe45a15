package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Window;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.RecordType;
import dev.sluice.dns.Wildcards;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asking name servers: options of the probe that mean nothing to a registry. */
final class DnsAsking {
  private static final int CONCURRENCY = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Mixin private final Asking asking = new Asking();

  @Option(
      names = {"-t", "--types"},
      paramLabel = "TYPES",
      defaultValue = "A,AAAA",
      converter = ProbeOptions.Types.class,
      description =
          "A, AAAA or both: what to ask for, one after the other until there is an address."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private List<RecordType> types;

  @Option(
      names = "--wildcards",
      description =
          "Tell names of their own from those that their zone would answer for anyway. Asks one"
              + " question more for each parent.")
  private boolean wildcards;

  private record DnsProbes(Domains domains, Asking.Open open) implements Probes<Answer> {
    @Override
    public Evidence<Answer> evidence() {
      return new DnsEvidence();
    }

    @Override
    public Flowable<Outcome<String, Answer>> of(Flowable<String> names) {
      return domains.probeAll(names);
    }

    @Override
    public void close() throws IOException {
      open.close();
    }
  }

  void check() {
    asking.check();
  }

  Probes<Answer> open(Pace pace) throws IOException {
    DnsOptions options =
        DnsOptions.standard()
            .withTimeout(pace.timeout(TIMEOUT))
            .withTries(pace.tries())
            .withTypes(types);
    Asking.Open open = asking.overUdp(options);
    return new DnsProbes(domains(open, pace.concurrency(CONCURRENCY)), open);
  }

  private Domains domains(Asking.Open open, int concurrency) {
    // The resolver has clocks and tries of its own, and nothing waits but in it.
    Policy policy =
        Policy.limit(concurrency)
            .withAttemptTimeout(Policy.FOREVER)
            .withWindow(Window.of(concurrency));
    return Domains.of(wildcards ? Wildcards.checking(open.resolver()) : open.resolver(), policy);
  }
}
