package dev.sluice.dns;

import static dev.sluice.dns.Packets.AAAA;
import static dev.sluice.dns.Packets.NXDOMAIN;
import static dev.sluice.dns.Packets.REFUSED;
import static dev.sluice.dns.Packets.SERVFAIL;
import static dev.sluice.dns.Packets.TRUNCATED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Against scripted servers on loopback; the clock moves by hand, so nothing is late by chance. */
class UdpResolverTest {
  private static final DomainName NAME = DomainName.of("await.dev");

  private final AtomicLong clock = new AtomicLong();

  @Test
  void aNameWithAnAddressIsFoundWithOneQuery() {
    try (Responder server = Responder.answering(Responder.Ask::found);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1).assertComplete();
      assertEquals(1, server.asked());
    }
  }

  @Test
  void nxdomainIsEmptyAndNothingMoreIsAsked() {
    try (Responder server = Responder.answering(ask -> ask.reply(NXDOMAIN));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertNoValues().assertComplete();
      assertEquals(1, server.asked());
    }
  }

  @Test
  void aNameWithoutIpv4IsAskedForIpv6() {
    try (Responder server = Responder.answering(UdpResolverTest::onlyIpv6);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().get(0).getAddress().length == 16);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aNameWithoutAnyAddressExists() {
    try (Responder server = Responder.answering(ask -> ask.reply(0));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void aServerThatDeniesOnlyTheIpv6NameHasSaidThatItExists() {
    try (Responder server =
            Responder.answering(ask -> ask.reply(ask.type() == AAAA ? NXDOMAIN : 0));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void liesBesideTheTruthArePassedOver() {
    try (Responder server = Responder.answering(UdpResolverTest::lieFirst);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1);
      assertEquals(1, server.asked());
    }
  }

  @Test
  void whatComesFromAnotherPortIsPassedOver() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket();
        Responder server = Responder.answering(ask -> speakAs(stranger, ask));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1);
    }
  }

  @Test
  void silenceIsAFailureThatSaysWhoWasSilent() {
    try (Responder server = Responder.answering(ask -> {});
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
    Responder.Ask[] first = new Responder.Ask[1];
    try (Responder server =
            Responder.answering(
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
    try (Responder server =
            Responder.answering(
                ask -> {
                  byte[] query = ask.query();
                  byte[] lower = Packets.name(ask.name());
                  System.arraycopy(lower, 0, query, ResponseReader.HEADER, lower.length);
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
  void whatDoesNotFitIsAskedForByTcp() {
    try (Responder server =
            Responder.answering(
                ask -> {
                  if (ask.isTcp()) {
                    ask.found();
                  } else {
                    ask.reply(TRUNCATED);
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aTcpConnectionThatClosesEarlyIsAFailedTry() {
    try (Responder server =
            Responder.answering(
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
  void aServerWithoutEdnsIsRememberedAsSuch() {
    try (Responder server = Responder.answering(UdpResolverTest::formerrOnEdns);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
      ask(resolver).assertValueCount(1);
      assertEquals(3, server.asked());
    }
  }

  @Test
  void servfailAndRefusedStayApartAndAreNotAskedAgain() {
    try (Responder servfail = Responder.answering(ask -> ask.reply(SERVFAIL));
        Responder refused = Responder.answering(ask -> ask.reply(REFUSED));
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
    try (Responder sick = Responder.answering(ask -> ask.reply(SERVFAIL));
        Responder well = Responder.answering(Responder.Ask::found);
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
    try (Responder server =
            Responder.answering(ask -> ask.reply(0, Packets.hex("C0FF 0001 0001")));
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
  void serversMayHaveIpv6Addresses() {
    try (Responder server = Responder.at("::1", Responder.Ask::found);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
    }
  }

  @Test
  @SuppressWarnings("try") // Closed twice, for the sake of what comes after.
  void closingEndsWhatFliesAndRefusesWhatComes() {
    try (Responder server = Responder.answering(ask -> {});
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

  private static void onlyIpv6(Responder.Ask ask) throws IOException {
    if (ask.type() == AAAA) {
      ask.found();
    } else {
      ask.reply(0);
    }
  }

  private static void lieFirst(Responder.Ask ask) throws IOException {
    byte[] wrongId = Packets.reply(ask.query(), NXDOMAIN);
    wrongId[1]++;
    byte[] wrongCase = Packets.reply(ask.query(), NXDOMAIN);
    wrongCase[13] ^= 0x20;
    byte[] wrongName = Packets.reply(ask.query(), NXDOMAIN);
    wrongName[14]++;
    byte[] notAResponse = Packets.reply(ask.query(), NXDOMAIN);
    notAResponse[2] = 1;
    for (byte[] lie : List.of(wrongId, wrongCase, wrongName, notAResponse, new byte[] {1})) {
      ask.send(lie);
    }
    ask.found();
  }

  private static void speakAs(DatagramSocket stranger, Responder.Ask ask) throws IOException {
    byte[] lie = Packets.reply(ask.query(), NXDOMAIN);
    stranger.send(new DatagramPacket(lie, lie.length, ask.from()));
    ask.found();
  }

  private static void formerrOnEdns(Responder.Ask ask) throws IOException {
    if (ask.hasEdns()) {
      byte[] query = ask.query();
      ask.send(new byte[] {query[0], query[1], (byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0});
    } else {
      ask.found();
    }
  }

  private UdpResolver asking(Responder... servers) {
    return UdpResolver.withClock(
        to(List.of(servers).stream().map(Responder::address).toList()), clock::get);
  }

  private static DnsOptions to(List<InetSocketAddress> servers) {
    return DnsOptions.standard().withServers(servers);
  }

  private void advance(UdpResolver resolver, int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    resolver.lookAtTheClock();
  }

  private static void awaitAsked(Responder server, int count) {
    Await.until(() -> server.asked() == count, "queries: " + count);
  }

  private static TestObserver<Answer> ask(UdpResolver resolver) {
    return await(resolver.resolve(NAME).test());
  }

  private static TestObserver<Answer> await(TestObserver<Answer> observer) {
    return observer.awaitDone(10, SECONDS);
  }

  private static void assertFailed(TestObserver<Answer> observer, Reason reason, String message) {
    observer.assertError(
        e ->
            e instanceof DnsException failure
                && failure.reason() == reason
                && String.valueOf(failure.getMessage()).contains(message));
  }
}
