package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.REFUSED;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists of servers that all fail. */
class FailingServersTest extends UdpFixture {
  private static final int OFTEN = 100;

  private final AtomicBoolean well = new AtomicBoolean();

  @Test
  void allServersAreAskedAndTheFailureSaysWhatCame() {
    try (ScriptedNameServer one =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        ScriptedNameServer two = ScriptedNameServer.answering(received -> received.reply(REFUSED));
        ScriptedNameServer three =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        UdpResolver resolver = asking(one, two, three)) {
      for (int i = 0; i < OFTEN; i++) {
        ask(resolver).assertError(FailingServersTest::saysWhatCame);
      }
      for (ScriptedNameServer server : List.of(one, two, three)) {
        assertEquals(OFTEN, server.asked());
      }
    }
  }

  @Test
  void aServerThatRecoversIsFoundAndThenPreferred() {
    try (ScriptedNameServer one =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        ScriptedNameServer two = ScriptedNameServer.answering(this::failUntilWell);
        UdpResolver resolver = asking(one, two)) {
      for (int i = 0; i < OFTEN; i++) {
        assertFailed(ask(resolver), Reason.SERVFAIL, "SERVFAIL from ");
      }
      well.set(true);
      int before = one.asked();
      for (int i = 0; i < OFTEN; i++) {
        ask(resolver).assertResult();
      }
      assertTrue(one.asked() - before <= 5, "asked although failing: " + (one.asked() - before));
    }
  }

  @Test
  void aServerThatRecoversIsFoundEvenWithOneTry() {
    try (ScriptedNameServer one =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        ScriptedNameServer two = ScriptedNameServer.answering(this::failUntilWell);
        UdpResolver resolver =
            UdpResolver.withClock(
                to(List.of(one.address(), two.address())).withTries(1), clock::get)) {
      for (int i = 0; i < OFTEN; i++) {
        assertFailed(ask(resolver), Reason.SERVFAIL, ", 1 try");
      }
      assertTrue(one.asked() > 0 && two.asked() > 0);
      well.set(true);
      AtomicInteger failures = new AtomicInteger();
      for (int i = 0; i < OFTEN; i++) {
        await(resolver.resolve(NAME).doOnError(e -> failures.incrementAndGet()).test());
      }
      // At most one until the server is found, and a few probes of the other one.
      assertTrue(failures.get() <= 4, "failures: " + failures);
    }
  }

  @Test
  void silentServersEndInATimeout() {
    try (ScriptedNameServer one = ScriptedNameServer.answering(received -> {});
        ScriptedNameServer two = ScriptedNameServer.answering(received -> {});
        UdpResolver resolver = asking(one, two)) {
      List<TestObserver<Answer>> all =
          Stream.generate(() -> resolver.resolve(NAME).test()).limit(OFTEN).toList();
      for (int tries = 1; tries <= 3; tries++) {
        int asked = tries * OFTEN;
        Await.until(() -> one.asked() + two.asked() == asked, "queries: " + asked);
        advance(resolver, 2);
      }
      all.forEach(
          observer -> assertFailed(await(observer), Reason.TIMEOUT, "no answer within 2s from "));
      assertTrue(one.asked() >= OFTEN && two.asked() >= OFTEN);
    }
  }

  private void failUntilWell(ScriptedNameServer.ReceivedQuery received) throws IOException {
    received.reply(well.get() ? NXDOMAIN : SERVFAIL);
  }

  private static boolean saysWhatCame(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message.matches("await\\.dev A: (SERVFAIL|REFUSED) from 127\\.0\\.0\\.1:\\d+, 3 tries");
  }
}
