package dev.sluice.samples.hello;

import dev.sluice.Rate;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.UdpResolver;
import dev.sluice.domains.EvidenceSources;
import dev.sluice.domains.Examiner;
import dev.sluice.domains.ParentServers;
import dev.sluice.domains.RegistryRates;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.util.List;

/** Finds out which names are registered, and which are likely free, with the evidence. */
public final class ExamineNames {
  public static void main(String... args) {
    DnsOptions dns = DnsOptions.standard().withServers(DnsOptions.parseServers("127.0.0.1:5301"));
    URI list = URI.create("http://127.0.0.1:8005/dns.json");
    RegistryRates rates = RegistryRates.STANDARD.with("127.0.0.1", Rate.perSecond(10));
    try (UdpResolver resolver = UdpResolver.of(dns);
        Rdap rdap = Rdap.at(list, RdapOptions.of(rates.policy()))) {
      Examiner.of(
              List.of(
                  EvidenceSources.resolver(resolver),
                  ParentServers.of(resolver).withPort(5301),
                  EvidenceSources.registries(rdap, rates)))
          .examineAll(Flowable.just("registered1.test", "redemption1.test", "a.test", "co.uk"))
          .blockingForEach(System.out::println);
    }
  }
}
