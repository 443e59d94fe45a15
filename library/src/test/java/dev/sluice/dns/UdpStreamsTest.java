package dev.sluice.dns;

import dev.sluice.Policy;
import dev.sluice.ReactiveStreamsTest;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Probes over UDP keep the rules of Reactive Streams. */
class UdpStreamsTest {
  @Test
  void probeAll() {
    verify(Domains::probeAll);
  }

  @Test
  void probeInOrder() {
    verify((domains, names) -> domains.probesOfText().runInOrder(names));
  }

  private static void verify(BiFunction<Domains, Flowable<String>, Flowable<?>> stream) {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver =
            UdpResolver.of(DnsOptions.standard().withServers(List.of(server.address())))) {
      Domains domains = Domains.of(resolver, Policy.limit(4).withAttemptTimeout(Policy.FOREVER));
      ReactiveStreamsTest.verify(
          keys -> stream.apply(domains, keys.map(key -> "n" + key + ".test")).cast(Object.class));
    }
  }
}
