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

/** Servers that are silent, failing or gone. */
class UdpFailuresTest extends UdpFixture {
  @Test
  void aTimeoutNamesTheServerAndTheTries() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(received -> {});
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
          "await.dev A: no answer within 2s from " + text + ", 3 tries");
    }
  }

  @Test
  void aLostQueryIsRetriedAndItsLateAnswerIsIgnored() {
    AtomicInteger count = new AtomicInteger();
    ScriptedNameServer.ReceivedQuery[] first = new ScriptedNameServer.ReceivedQuery[1];
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (count.getAndIncrement() == 0) {
                    first[0] = received;
                  } else {
                    first[0].reply(NXDOMAIN);
                    received.found();
                    received.found();
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
  void theLastTryIsInLowerCaseForServersThatLowerTheCase() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  byte[] query = received.query();
                  byte[] lower = Packets.name(received.name());
                  System.arraycopy(lower, 0, query, MessageFormat.HEADER_BYTES, lower.length);
                  received.found();
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
                received -> {
                  if (!received.isTcp()) {
                    received.reply(TRUNCATED);
                  }
                });
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.UNREACHABLE, "connection closed before the answer");
    }
  }

  @Test
  void servfailAndRefusedAreNotRetriedOnTheSameServer() {
    try (ScriptedNameServer servfail =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        ScriptedNameServer refused =
            ScriptedNameServer.answering(received -> received.reply(REFUSED));
        UdpResolver one = asking(servfail);
        UdpResolver other = asking(refused)) {
      String text = ServerAddress.text(servfail.address());
      assertFailed(ask(one), Reason.SERVFAIL, "await.dev A: SERVFAIL from " + text + ", 1 try");
      assertFailed(ask(other), Reason.REFUSED, "REFUSED from");
      assertEquals(1, servfail.asked());
    }
  }

  @Test
  void anotherServerIsAskedAfterServfail() {
    try (ScriptedNameServer failing =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        ScriptedNameServer well =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(failing, well)) {
      for (int i = 0; i < 100; i++) {
        ask(resolver).assertValueCount(1);
      }
      assertEquals(100, well.asked());
      assertTrue(failing.asked() <= 12, "asked although failing: " + failing.asked());
    }
  }

  @Test
  void aMalformedResponseIsRetriedAndThenAFailure() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> received.reply(0, Packets.hex("C0FF 0001 0001")));
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.MALFORMED, "a malformed response from");
      assertEquals(3, server.asked());
    }
  }

  @Test
  void aClosedPortFailsWithoutATimeout() throws IOException {
    InetSocketAddress closed;
    try (DatagramSocket gone =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      closed = (InetSocketAddress) gone.getLocalSocketAddress();
    }
    try (UdpResolver resolver = UdpResolver.withClock(to(List.of(closed)), clock::get)) {
      assertFailed(ask(resolver), Reason.UNREACHABLE, "3 tries");
    }
  }

  @Test
  @SuppressWarnings("try") // Closed twice: the code after the first close is what is tested.
  void closeFailsQueriesInFlightAndLaterOnes() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(received -> {});
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
