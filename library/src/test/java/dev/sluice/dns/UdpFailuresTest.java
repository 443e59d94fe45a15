package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.REFUSED;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.MessageFormat;
import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** ServerSelection that are silent, sick or gone. */
class UdpFailuresTest extends UdpFixture {
  @Test
  void silenceIsAFailureThatSaysWhoWasSilent() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(ask -> {});
        UdpResolver resolver = asking(server)) {
      TestObserver<Answer> observer = resolver.resolve(NAME).test();
      for (int tries = 1; tries <= 3; tries++) {
        awaitAsked(server, tries);
        observer.assertNotComplete().assertNoErrors();
        advance(resolver, 2);
      }
      String text = ServerAddress.text(server.address());
      assertFailed(
          await(observer),
          Reason.TIMEOUT,
          "await.dev A: no answer within PT2S from " + text + ", 3 tries");
    }
  }

  @Test
  void aLostQueryIsAskedAgainAndTheLateAnswerDoesNoHarm() {
    AtomicInteger count = new AtomicInteger();
    ScriptedNameServer.Ask[] first = new ScriptedNameServer.Ask[1];
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                ask -> {
                  if (count.getAndIncrement() == 0) {
                    first[0] = ask;
                  } else {
                    first[0].reply(NXDOMAIN);
                    ask.found();
                    ask.found();
                  }
                });
        UdpResolver resolver = asking(server)) {
      TestObserver<Answer> observer = resolver.resolve(NAME).test();
      awaitAsked(server, 1);
      advance(resolver, 2);
      await(observer).assertValueCount(1);
      ask(resolver).assertValueCount(1);
    }
  }

  @Test
  void aServerThatLowersTheCaseIsUnderstoodInTheEnd() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                ask -> {
                  byte[] query = ask.query();
                  byte[] lower = Packets.name(ask.name());
                  System.arraycopy(lower, 0, query, MessageFormat.HEADER_BYTES, lower.length);
                  ask.found();
                });
        UdpResolver resolver = asking(server)) {
      TestObserver<Answer> observer = resolver.resolve(DomainName.of("x".repeat(60))).test();
      for (int tries = 1; tries < 3; tries++) {
        awaitAsked(server, tries);
        observer.assertEmpty();
        advance(resolver, 2);
      }
      await(observer).assertValueCount(1);
    }
  }

  @Test
  void aTcpConnectionThatClosesEarlyIsAFailedTry() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                ask -> {
                  if (!ask.isTcp()) {
                    ask.reply(TRUNCATED);
                  }
                });
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.UNREACHABLE, "connection closed before the answer");
    }
  }

  @Test
  void servfailAndRefusedStayApartAndAreNotAskedAgain() {
    try (ScriptedNameServer servfail = ScriptedNameServer.answering(ask -> ask.reply(SERVFAIL));
        ScriptedNameServer refused = ScriptedNameServer.answering(ask -> ask.reply(REFUSED));
        UdpResolver one = asking(servfail);
        UdpResolver other = asking(refused)) {
      String text = ServerAddress.text(servfail.address());
      assertFailed(ask(one), Reason.SERVFAIL, "await.dev A: SERVFAIL from " + text + ", 1 try");
      assertFailed(ask(other), Reason.REFUSED, "REFUSED from");
      assertEquals(1, servfail.asked());
    }
  }

  @Test
  void anotherServerMayKnowBetter() {
    try (ScriptedNameServer sick = ScriptedNameServer.answering(ask -> ask.reply(SERVFAIL));
        ScriptedNameServer well = ScriptedNameServer.answering(ScriptedNameServer.Ask::found);
        UdpResolver resolver = asking(sick, well)) {
      for (int i = 0; i < 100; i++) {
        ask(resolver).assertValueCount(1);
      }
      assertEquals(100, well.asked());
      assertTrue(sick.asked() <= 12, "asked although sick: " + sick.asked());
    }
  }

  @Test
  void garbageIsMalformedAfterAllTries() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ask -> ask.reply(0, Packets.hex("C0FF 0001 0001")));
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.MALFORMED, "a malformed response from");
      assertEquals(3, server.asked());
    }
  }

  @Test
  void aPortWhereNobodyListensFailsWithoutWaiting() throws IOException {
    InetSocketAddress nobody;
    try (DatagramSocket gone =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      nobody = (InetSocketAddress) gone.getLocalSocketAddress();
    }
    try (UdpResolver resolver = UdpResolver.withClock(to(List.of(nobody)), clock::get)) {
      assertFailed(ask(resolver), Reason.UNREACHABLE, "3 tries");
    }
  }

  @Test
  @SuppressWarnings("try") // Closed twice, for the sake of what comes after.
  void closingEndsWhatFliesAndRefusesWhatComes() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(ask -> {});
        UdpResolver resolver = asking(server)) {
      TestObserver<Answer> flying = resolver.resolve(NAME).test();
      awaitAsked(server, 1);
      resolver.close();
      assertFailed(await(flying), Reason.UNREACHABLE, "the resolver is closed");
      assertFailed(ask(resolver), Reason.UNREACHABLE, "the resolver is closed");
    }
    try (UdpResolver unused = UdpResolver.of(DnsOptions.standard())) {
      unused.close();
      assertFailed(ask(unused), Reason.UNREACHABLE, "the resolver is closed");
    }
  }
}
