package dev.sluice.samples.domains;

import dev.sluice.Policy;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which names, which name servers, and how fast: the options of a command in another package. */
public final class NameProbeOptions {
  @Mixin private final NameOptions names = new NameOptions();
  @Mixin private final DnsQueryOptions servers = new DnsQueryOptions();
  @Mixin private final LimitOptions pace = new LimitOptions();

  /** Refuses what makes no sense together. */
  public void check(CommandSpec spec) {
    try {
      servers.check();
      names.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  public NameSource source() throws IOException {
    return names.source();
  }

  /** What tells these names from others, without reading them. */
  public String label() {
    return names.label();
  }

  /** Who is asked; to be closed. */
  public ResolverOptions.Open open() throws IOException {
    return servers.open(pace);
  }

  public Policy policy() {
    return servers.policy(pace);
  }

  /** Counts what becomes of these names. */
  public ProbeStatistics meter(NameSource source) {
    return new ProbeStatistics(System::nanoTime, source::share, new DnsResultFields().verdicts());
  }
}
