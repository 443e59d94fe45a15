package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.dns.DnsException.Reason;
import dev.sluice.http.TestCertificate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS over TLS: connections that are kept, and servers that close, lie and are silent. */
@Timeout(60)
class TlsResolverTest {
  private static final DomainName NAME = DomainName.of("await.dev");
  private static final Policy POLICY = Policy.limit(4).withAttemptTimeout(ofSeconds(10));
  private static final TestCertificate CERTIFICATE =
      TestCertificate.of("server", List.of("ip:127.0.0.1"));

  private static TlsResolver trusting(
      TlsNameServer server, TestCertificate certificate, Policy policy) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {certificate.trust()}, null);
    return TlsResolver.at("127.0.0.1", server.port(), policy, context.getSocketFactory());
  }

  private static TlsResolver resolver(TlsNameServer server) throws Exception {
    return trusting(server, CERTIFICATE, POLICY);
  }

  private static TestObserver<Answer> resolve(TlsResolver resolver) {
    return resolver.resolve(NAME).test().awaitDone(20, SECONDS);
  }

  private static DnsException failure(TestObserver<?> observer) {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    observer.assertError(
        error -> {
          seen.set(error);
          return true;
        });
    return (DnsException) requireNonNull(seen.get());
  }

  @Test
  void manyQueriesShareAConnection() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(
                CERTIFICATE,
                received -> {
                  if (received.name().startsWith("free")) {
                    received.reply(NXDOMAIN);
                  } else {
                    received.found();
                  }
                });
        TlsResolver resolver = resolver(server)) {
      for (int i = 0; i < 10; i++) {
        resolve(resolver).assertValue(answer -> answer.addresses().size() == 1);
        resolver.resolve(DomainName.of("free.dev")).test().awaitDone(20, SECONDS).assertResult();
      }
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void asManyConnectionsAsPermits() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(CERTIFICATE, received -> received.reply(NXDOMAIN));
        TlsResolver resolver = resolver(server)) {
      List<DomainName> names =
          IntStream.range(0, 200).mapToObj(i -> DomainName.of("n" + i + ".dev")).toList();
      Flowable.fromIterable(names)
          .flatMapMaybe(resolver::resolve, false, 200)
          .test()
          .awaitDone(30, SECONDS)
          .assertResult();
      assertTrue(server.accepted() <= 4, server.accepted() + " connections");
    }
  }

  @Test
  void aConnectionThatTheServerClosedIsReplaced() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(
                CERTIFICATE,
                received -> {
                  received.found();
                  throw new IOException("closes the connection");
                });
        TlsResolver resolver = resolver(server)) {
      for (int i = 0; i < 5; i++) {
        resolve(resolver).assertValue(answer -> answer.addresses().size() == 1);
        server.awaitClosed(i + 1);
      }
      assertEquals(5, server.accepted());
    }
  }

  @Test
  void theCertificateMustHaveTheNameOfTheServer() throws Exception {
    TestCertificate other = TestCertificate.of("127.0.0.1", List.of("ip:127.0.0.2"));
    try (TlsNameServer server =
            TlsNameServer.answering(other, received -> received.reply(NXDOMAIN));
        TlsResolver resolver = trusting(server, other, POLICY)) {
      assertEquals(Reason.UNREACHABLE, failure(resolve(resolver)).reason());
      assertEquals(0, server.asked());
    }
  }

  @Test
  void theCertificateMustBeTrusted() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(CERTIFICATE, received -> received.reply(NXDOMAIN));
        TlsResolver resolver = trusting(server, TestCertificate.of("x", List.of()), POLICY)) {
      assertEquals(Reason.UNREACHABLE, failure(resolve(resolver)).reason());
      assertEquals(0, server.asked());
    }
  }

  @Test
  void silenceIsATimeoutAndClosesTheConnection() throws Exception {
    try (TlsNameServer server = TlsNameServer.answering(CERTIFICATE, received -> {});
        TlsResolver resolver =
            trusting(server, CERTIFICATE, POLICY.withAttemptTimeout(ofMillis(300)))) {
      assertEquals(Reason.TIMEOUT, failure(resolve(resolver)).reason());
      server.awaitClosed(1);
    }
  }

  @Test
  void disposingClosesTheConnection() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TlsNameServer server =
            TlsNameServer.answering(CERTIFICATE, received -> asked.countDown());
        TlsResolver resolver = resolver(server)) {
      TestObserver<Answer> answer = resolver.resolve(NAME).test();
      assertTrue(asked.await(20, SECONDS));
      answer.dispose();
      server.awaitClosed(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aConnectionThatEndsWithinAMessageIsAFailureThatSaysSo(int octets) throws Exception {
    try (TlsNameServer server =
            TlsNameServer.cuttingOff(
                octets,
                CERTIFICATE,
                received -> {
                  received.found();
                  throw new IOException("closes the connection");
                });
        TlsResolver resolver = resolver(server)) {
      assertEquals(
          "await.dev A: the server closed the connection within a message",
          failure(resolve(resolver)).getMessage());
    }
  }

  @Test
  void theResponseToAnotherQuestionIsMalformed() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(
                CERTIFICATE,
                received -> {
                  received.query()[13]++;
                  received.reply(NXDOMAIN);
                });
        TlsResolver resolver = resolver(server)) {
      assertEquals(Reason.MALFORMED, failure(resolve(resolver)).reason());
    }
  }

  @Test
  void aResponseWithAnotherIdIsIgnored() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(
                CERTIFICATE,
                received -> {
                  received.query()[1]++;
                  received.reply(NXDOMAIN);
                  received.query()[1]--;
                  received.found();
                });
        TlsResolver resolver = resolver(server)) {
      resolve(resolver).assertValueCount(1);
    }
  }

  @Test
  void aHeadAloneIsAFailure() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(CERTIFICATE, received -> received.send(new byte[3]));
        TlsResolver resolver = resolver(server)) {
      assertEquals(Reason.MALFORMED, failure(resolve(resolver)).reason());
    }
  }

  @Test
  @SuppressWarnings("try") // The close is what is tested.
  void closeEndsQueriesUnderWayAndLaterOnes() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TlsNameServer server =
            TlsNameServer.answering(CERTIFICATE, received -> asked.countDown());
        TlsResolver resolver =
            trusting(
                server,
                CERTIFICATE,
                POLICY.withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ofHours(1)))))) {
      TestObserver<Answer> answer = resolver.resolve(NAME).test();
      assertTrue(asked.await(20, SECONDS));
      resolver.close();
      for (TestObserver<Answer> each : List.of(answer, resolver.resolve(NAME).test())) {
        DnsException e = failure(each.awaitDone(20, SECONDS));
        assertEquals(Reason.UNREACHABLE, e.reason());
        assertFalse(e.isTransient(), e::getMessage);
      }
      server.awaitClosed(1);
    }
  }

  @Test
  void refusesWhatIsNoServer() {
    assertThrows(IllegalArgumentException.class, () -> TlsResolver.at("", 853));
    assertThrows(IllegalArgumentException.class, () -> TlsResolver.at("dns.example", 0));
    assertThrows(IllegalArgumentException.class, () -> TlsResolver.at("dns.example", 65_536));
  }
}
