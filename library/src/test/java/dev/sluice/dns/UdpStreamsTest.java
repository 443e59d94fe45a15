package dev.sluice.dns;

import dev.sluice.Policy;
import dev.sluice.ReactiveStreamsTck;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Probes over UDP keep the rules of Reactive Streams. */
class UdpStreamsTest {
  @TestFactory
  List<DynamicTest> streams() throws InterruptedException, ExecutionException {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver =
            UdpResolver.of(DnsOptions.standard().withServers(List.of(server.address())))) {
      Domains all = domains(resolver);
      Domains inOrder = domains(resolver);
      return ReactiveStreamsTck.verify(
          Map.of(
              "probeAll", keys -> all.probeAll(names(keys)).cast(Object.class),
              "probeInOrder",
                  keys -> inOrder.probesOfText().runInOrder(names(keys)).cast(Object.class)));
    }
  }

  private static Domains domains(UdpResolver resolver) {
    return Domains.of(resolver, Policy.limit(4).withAttemptTimeout(Policy.FOREVER));
  }

  private static Flowable<String> names(Flowable<Object> keys) {
    return keys.map(key -> "n" + key + ".test");
  }
}
