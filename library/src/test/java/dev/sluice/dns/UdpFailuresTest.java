package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.REFUSED;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.MessageFormat;
import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  void aServerThatLowersTheCaseIsAskedByTcpAndThenInLowerCase() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  byte[] query = received.query();
                  byte[] lower = Packets.name(received.name());
                  if (!received.name().equals(NAME.value())) {
                    System.arraycopy(lower, 0, query, MessageFormat.HEADER_BYTES, lower.length);
                  }
                  received.found();
                });
        UdpResolver resolver = asking(server)) {
      DomainName name = DomainName.of("x".repeat(60));
      TestObserver<Answer> first = resolver.resolve(name).test();
      awaitAsked(server, 1);
      // Answered after the first one, through the same socket: the first answer has been read.
      ask(resolver).assertValueCount(1);
      first.assertEmpty();
      advance(resolver, 2);
      await(first).assertValueCount(1);
      assertEquals(3, server.asked(), "two by UDP and one by TCP");
      await(resolver.resolve(name).test()).assertValueCount(1);
      assertEquals(4, server.asked(), "in lower case by UDP");
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
  void triesOfAClosedPortAreSpreadOverTheTimeout() throws IOException {
    try (UdpResolver resolver = UdpResolver.withClock(to(List.of(closedPort())), clock::get)) {
      AtomicBoolean ended = new AtomicBoolean();
      AtomicInteger halfSeconds = new AtomicInteger();
      TestObserver<Answer> observer =
          resolver.resolve(NAME).doOnTerminate(() -> ended.set(true)).test();
      Await.until(
          () -> {
            if (!ended.get()) {
              halfSeconds.incrementAndGet();
              clock.addAndGet(Duration.ofMillis(500).toNanos());
              resolver.readClock();
            }
            return ended.get();
          },
          "a failure");
      assertFailed(await(observer), Reason.UNREACHABLE, "3 tries");
      // Two waits of a third of 2 s each.
      assertTrue(halfSeconds.get() >= 3, "half seconds: " + halfSeconds);
    }
  }

  @Test
  void anotherServerIsAskedAtOnceAfterAClosedPort() throws IOException {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver =
            UdpResolver.withClock(to(List.of(closedPort(), server.address())), clock::get)) {
      for (int i = 0; i < 10; i++) {
        ask(resolver).assertValueCount(1);
      }
      assertEquals(10, server.asked());
    }
  }

  @Test
  void anErrorOfASubscriberDoesNotHarmOtherQueries() {
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    RxJavaPlugins.setErrorHandler(errors::add);
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(server)) {
      resolver
          .resolve(NAME)
          .subscribe(
              answer -> {
                throw new NoClassDefFoundError("a bug");
              });
      Await.until(() -> !errors.isEmpty(), "the error is reported");
      ask(resolver).assertValueCount(1);
    }
  }

  @Test
  void anInterruptLeftByASubscriberDoesNotMakeTheLoopSpin() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(server)) {
      AtomicReference<Thread> loop = new AtomicReference<>();
      await(
          resolver
              .resolve(NAME)
              .doOnSuccess(
                  answer -> {
                    loop.set(Thread.currentThread());
                    Thread.currentThread().interrupt();
                  })
              .test());
      Await.until(
          () -> !Objects.requireNonNull(loop.get()).isInterrupted(), "the interrupt is cleared");
      ask(resolver).assertValueCount(1);
    }
  }

  @Test
  void aClosedResolverIsNotAskedAgain() {
    UdpResolver resolver = UdpResolver.of(DnsOptions.standard());
    resolver.close();
    Retry retry = Retry.upTo(4).withBackoff(Backoff.fixed(Duration.ofHours(1)));
    Domains.of(resolver, Policy.limit(1).withRetry(retry))
        .probeAll(Flowable.just("a.example"))
        .test()
        .awaitDone(10, SECONDS)
        .assertValue(
            outcome -> outcome instanceof Outcome.Failure<?, ?> failure && failure.attempts() == 1);
  }

  private static InetSocketAddress closedPort() throws IOException {
    try (DatagramSocket gone =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return (InetSocketAddress) gone.getLocalSocketAddress();
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
