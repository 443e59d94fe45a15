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

/** The options of a probe that asks name servers. */
final class DnsProbeOptions {
  @Mixin private final DnsQueryOptions servers = new DnsQueryOptions();

  @Option(
      names = "--wildcards",
      description =
          "Mark names that exist only because of a wildcard. Needs one more query for each parent"
              + " domain.")
  private boolean wildcards;

  private record DnsProbes(Domains domains, ResolverOptions.Open open)
      implements NameLookup<Answer> {
    @Override
    public ResultFields<Answer> evidence() {
      return new DnsResultFields();
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

  NameLookup<Answer> open(LimitOptions limits) throws IOException {
    ResolverOptions.Open open = servers.open(limits);
    Resolver resolver = wildcards ? Wildcards.checking(open.resolver()) : open.resolver();
    return new DnsProbes(Domains.of(resolver, servers.policy(limits)), open);
  }
}
