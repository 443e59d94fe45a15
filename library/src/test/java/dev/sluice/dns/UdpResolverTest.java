package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.AAAA;
import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of servers, and datagrams that must be ignored. */
class UdpResolverTest extends UdpFixture {
  @ParameterizedTest
  @ValueSource(ints = {3_697, 60_000})
  void aDatagramLongerThanTheBufferIsAskedForAgainByTcp(int octets) {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (received.isTcp()) {
                    received.found();
                  } else {
                    byte[] whole = Packets.reply(received.query(), 0, received.address());
                    received.send(Arrays.copyOf(whole, octets));
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aNameWithAnAddressNeedsOneQuery() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1).assertComplete();
      assertEquals(1, server.asked());
    }
  }

  @Test
  void nxdomainIsEmptyAfterOneQuery() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(received -> received.reply(NXDOMAIN));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertNoValues().assertComplete();
      assertEquals(1, server.asked());
    }
  }

  @Test
  void aNameWithoutIpv4AddressIsAskedForIpv6() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(UdpResolverTest::onlyIpv6);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().get(0).getAddress().length == 16);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aNameWithoutAnyAddressExists() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(received -> received.reply(0));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void nxdomainForAaaaAfterNoDataForAMeansThatTheNameExists() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> received.reply(received.type() == AAAA ? NXDOMAIN : 0));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void anAliasOfAMissingNameExistsWithoutAnAddress() {
    byte[] alias = Packets.record(Packets.asked(), Packets.CNAME, Packets.name("gone.test"));
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(received -> received.reply(NXDOMAIN, alias));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertResult(Answer.of(List.of()));
      assertEquals(1, server.asked());
    }
  }

  @Test
  void anEmptyAnswerThatProvesNothingIsAFailure() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  byte[] reply = Packets.reply(received.query(), 0);
                  reply[3] = 0;
                  received.send(reply);
                });
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), DnsException.Reason.OTHER_RCODE, "an empty answer");
    }
  }

  @Test
  void forgedAnswersAreIgnored() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(UdpResolverTest::forgeThenAnswer);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1);
      assertEquals(1, server.asked());
    }
  }

  @Test
  void datagramsFromAnotherPortAreIgnored() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket();
        ScriptedNameServer server =
            ScriptedNameServer.answering(received -> forgeFrom(stranger, received));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1);
    }
  }

  @Test
  void aTruncatedAnswerIsAskedForAgainByTcp() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (received.isTcp()) {
                    received.found();
                  } else {
                    received.reply(TRUNCATED);
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aServerWithoutEdnsIsAskedWithoutEdnsNextTime() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(UdpResolverTest::formerrOnEdns);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
      ask(resolver).assertValueCount(1);
      assertEquals(3, server.asked());
    }
  }

  @Test
  void theSourcePortIsRenewedAfterAMinute() {
    Set<SocketAddress> ports = ConcurrentHashMap.newKeySet();
    try (ScriptedNameServer server = notingPorts(ports);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertEquals(1, ports.size());
      advance(resolver, 60);
      ask(resolver).assertValueCount(1);
      assertEquals(2, ports.size());
    }
  }

  @Test
  void aReplacedPortStillReceivesItsAnswers() {
    List<ScriptedNameServer.ReceivedQuery> held = new CopyOnWriteArrayList<>();
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (received.name().equals("slow.dev")) {
                    held.add(received);
                  } else {
                    received.found();
                  }
                });
        UdpResolver resolver =
            UdpResolver.withClock(
                to(List.of(server.address())).withTimeout(Duration.ofHours(1)), clock::get)) {
      TestObserver<Answer> slow = resolver.resolve(DomainName.of("slow.dev")).test();
      awaitAsked(server, 1);
      advance(resolver, 60);
      ask(resolver).assertValueCount(1);
      held.forEach(received -> assertDoesNotThrow(received::found));
      await(slow).assertValueCount(1);
    }
  }

  @Test
  void serversMayHaveIpv6Addresses() {
    try (ScriptedNameServer server =
            ScriptedNameServer.at("::1", ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
    }
  }

  private static void onlyIpv6(ScriptedNameServer.ReceivedQuery received) throws IOException {
    if (received.type() == AAAA) {
      received.found();
    } else {
      received.reply(0);
    }
  }

  private static void forgeThenAnswer(ScriptedNameServer.ReceivedQuery received)
      throws IOException {
    byte[] wrongId = Packets.reply(received.query(), NXDOMAIN);
    wrongId[1]++;
    byte[] wrongCase = Packets.reply(received.query(), NXDOMAIN);
    wrongCase[13] ^= 0x20;
    byte[] wrongName = Packets.reply(received.query(), NXDOMAIN);
    wrongName[14]++;
    byte[] notAResponse = Packets.reply(received.query(), NXDOMAIN);
    notAResponse[2] = 1;
    for (byte[] lie : List.of(wrongId, wrongCase, wrongName, notAResponse, new byte[] {1})) {
      received.send(lie);
    }
    received.found();
  }

  private static void forgeFrom(DatagramSocket stranger, ScriptedNameServer.ReceivedQuery received)
      throws IOException {
    byte[] lie = Packets.reply(received.query(), NXDOMAIN);
    stranger.send(new DatagramPacket(lie, lie.length, received.from()));
    received.found();
  }

  private static void formerrOnEdns(ScriptedNameServer.ReceivedQuery received) throws IOException {
    if (received.hasEdns()) {
      byte[] query = received.query();
      received.send(new byte[] {query[0], query[1], (byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0});
    } else {
      received.found();
    }
  }
}
