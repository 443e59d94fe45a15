package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.dns.Answer;
import dev.sluice.dns.Domains;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.Wildcards;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asking name servers: options of the probe that mean nothing to a registry. */
final class DnsAsking {
  @Mixin private final NameServers servers = new NameServers();

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
    servers.check();
  }

  Probes<Answer> open(Pace pace) throws IOException {
    Asking.Open open = servers.open(pace);
    Resolver resolver = wildcards ? Wildcards.checking(open.resolver()) : open.resolver();
    return new DnsProbes(Domains.of(resolver, servers.policy(pace)), open);
  }
}
