package dev.sluice.samples.domains;

import dev.sluice.Policy;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which names, which name servers, and how fast: the options of a command in another package. */
public final class Probing {
  @Mixin private final Names names = new Names();
  @Mixin private final NameServers servers = new NameServers();
  @Mixin private final Pace pace = new Pace();

  /** Refuses what makes no sense together. */
  public void check(CommandSpec spec) {
    try {
      servers.check();
      names.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  public Source source() throws IOException {
    return names.source();
  }

  /** What tells these names from others, without reading them. */
  public String label() {
    return names.label();
  }

  /** Who is asked; to be closed. */
  public Asking.Open open() throws IOException {
    return servers.open(pace);
  }

  public Policy policy() {
    return servers.policy(pace);
  }

  /** Counts what becomes of these names. */
  public Meter meter(Source source) {
    return new Meter(System::nanoTime, source::share, new DnsEvidence().verdicts());
  }
}
