package dev.sluice.samples.hello;

import dev.sluice.Policy;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.UdpResolver;
import io.reactivex.rxjava3.core.Flowable;

/** Finds out which domain names are taken, with up to 1,000 queries in flight. */
public final class ProbeNames {
  public static void main(String... args) {
    DnsOptions options =
        DnsOptions.standard().withServers(DnsOptions.parseServers("127.0.0.1:5300"));
    try (UdpResolver resolver = UdpResolver.of(options)) {
      Domains.of(resolver, Policy.limit(1000).withAttemptTimeout(Policy.FOREVER))
          .probeAll(Flowable.just("await.dev", "for.dev", "while.dev", "no such name"))
          .blockingForEach(System.out::println);
    }
  }
}
