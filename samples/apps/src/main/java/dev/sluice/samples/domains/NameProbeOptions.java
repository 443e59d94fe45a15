package dev.sluice.samples.domains;

import dev.sluice.Policy;
import dev.sluice.samples.apps.UsageCheck;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a DNS probe for a command in another package: names, name servers and limits. */
public final class NameProbeOptions {
  @Mixin private final NameOptions names = new NameOptions();
  @Mixin private final DnsQueryOptions servers = new DnsQueryOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();

  /** Refuses options that do not go together, with a usage error. */
  public void check(CommandSpec spec) {
    UsageCheck.check(
        spec,
        () -> {
          servers.check();
          names.check(false);
        });
  }

  public NameSource source() throws IOException {
    return names.source();
  }

  /** A text that is the same for the same arguments, found without reading the names. */
  public String label() {
    return names.label();
  }

  /** The resolver. The caller closes it. */
  public ResolverOptions.Open open() throws IOException {
    return servers.open(limits);
  }

  public Policy policy() {
    return servers.policy(limits);
  }

  /** Statistics for these names. */
  public ProbeStatistics statistics(NameSource source) {
    return new ProbeStatistics(System::nanoTime, source::share, new DnsResultFields().verdicts());
  }
}
