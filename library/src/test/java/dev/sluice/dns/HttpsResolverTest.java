package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.asked;
import static dev.sluice.dns.wire.Packets.record;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.Packets;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS over HTTPS, here over HTTP: what a server says, and what says nothing. */
@Timeout(60)
class HttpsResolverTest {
  private static final DomainName NAME = DomainName.of("await.dev");
  private static final Policy POLICY = Policy.limit(2).withAttemptTimeout(ofSeconds(10));
  private static final byte[] ADDRESS = record(asked(), Packets.A, new byte[] {10, 0, 0, 1});

  private static byte[] response(String status, String type, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, body.length)
            .getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static byte[] dns(byte[] message) {
    return response("200 OK", "application/dns-message", message);
  }

  private static RawServer replying(int flags, byte[]... answers) {
    return RawServer.answering(
        exchange -> exchange.send(dns(Packets.reply(exchange.body(), flags, answers))));
  }

  private static HttpsResolver resolver(RawServer server, Policy policy) {
    return HttpsResolver.at(server.base().resolve("/dns-query"), policy, HttpOptions.standard());
  }

  private static TestObserver<Answer> resolve(RawServer server) {
    try (HttpsResolver resolver = resolver(server, POLICY)) {
      return resolver.resolve(NAME).test().awaitDone(20, SECONDS);
    }
  }

  private static DnsException failure(RawServer server) {
    return (DnsException) errorOf(resolve(server));
  }

  private static Throwable errorOf(TestObserver<?> observer) {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    observer.assertError(
        error -> {
          seen.set(error);
          return true;
        });
    return requireNonNull(seen.get());
  }

  @Test
  void postsTheQueryWithTheIdZero() {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              heads.addAll(exchange.head());
              byte[] query = exchange.body();
              heads.add(Packets.nameOf(query) + " " + query[0] + query[1]);
              exchange.send(dns(Packets.reply(query, 0, ADDRESS)));
            })) {
      resolve(server).assertValue(answer -> answer.addresses().size() == 1);
    }
    assertTrue(heads.contains("POST /dns-query HTTP/1.1"), heads::toString);
    assertTrue(heads.contains("Content-Type: application/dns-message"), heads::toString);
    assertTrue(heads.contains("Accept: application/dns-message"), heads::toString);
    assertTrue(heads.contains("await.dev 00"), heads::toString);
  }

  @Test
  void aNameThatDoesNotExistIsEmpty() {
    try (RawServer server = replying(NXDOMAIN)) {
      resolve(server).assertNoErrors().assertNoValues().assertComplete();
    }
  }

  @Test
  void aNameWithoutAnAddressExists() {
    try (RawServer server = replying(0)) {
      resolve(server).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void recordsAreRead() {
    byte[] alias = record(asked(), 5, Packets.name("b.dev"));
    try (RawServer server = replying(0, alias);
        HttpsResolver resolver = resolver(server, POLICY)) {
      RecordAnswer answer =
          resolver.query(NAME, RecordKind.CNAME).test().awaitDone(20, SECONDS).values().get(0);
      assertEquals(1, answer.records().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"2, SERVFAIL", "5, REFUSED", "4, OTHER_RCODE"})
  void anErrorCodeIsAFailure(int code, Reason reason) {
    try (RawServer server = replying(code)) {
      assertEquals(reason, failure(server).reason());
    }
  }

  @Test
  void aNameThatTheServerBlocksIsAFailure() {
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              byte[] reply = Packets.reply(exchange.body(), NXDOMAIN);
              exchange.send(dns(Packets.withOption(reply, 0, 15, new byte[] {0, 15, 'a', 'd'})));
            })) {
      DnsException failure = failure(server);
      assertEquals(
          "await.dev A: NXDOMAIN, because the resolver blocks the name (Extended DNS Error 15,"
              + " Blocked: ad), from 127.0.0.1",
          failure.getMessage());
      assertFalse(failure.isTransient());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "410 Gone", "302 Found", "204 No Content", "500 No"})
  void anotherStatusSaysNothingAboutTheName(String status) {
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              byte[] query = exchange.body();
              byte[] body = Packets.reply(query, NXDOMAIN);
              exchange.send(
                  response(
                      status,
                      "application/dns-message",
                      status.startsWith("2") ? new byte[0] : body));
            })) {
      assertEquals(Reason.UNREACHABLE, failure(server).reason());
    }
  }

  @Test
  void anotherTypeSaysNothingAboutTheName() {
    try (RawServer server =
        RawServer.answering(
            exchange ->
                exchange.send(
                    response("200 OK", "text/html", Packets.reply(exchange.body(), NXDOMAIN))))) {
      DnsException e = failure(server);
      assertTrue(String.valueOf(e.getMessage()).contains("but 'text/html'"), e.getMessage());
    }
  }

  @Test
  void theResponseToAnotherQuestionIsMalformed() {
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              byte[] query = exchange.body();
              query[13]++;
              exchange.send(dns(Packets.reply(query, NXDOMAIN)));
            })) {
      assertEquals(Reason.MALFORMED, failure(server).reason());
    }
  }

  @Test
  void aResponseWithAnotherIdIsMalformed() {
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              byte[] query = exchange.body();
              query[1]++;
              exchange.send(dns(Packets.reply(query, NXDOMAIN)));
            })) {
      assertEquals(Reason.MALFORMED, failure(server).reason());
    }
  }

  @Test
  @SuppressWarnings("try") // The close is what is tested.
  void aClosedResolverIsNotWorthARetry() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Policy policy = POLICY.withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ofHours(1))));
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  asked.countDown();
                  exchange.untilTheClientLeaves();
                });
        HttpsResolver resolver = resolver(server, policy)) {
      TestObserver<Answer> answer = resolver.resolve(NAME).test();
      assertTrue(asked.await(20, SECONDS));
      resolver.close();
      TestObserver<Answer> later = resolver.resolve(NAME).test();
      for (TestObserver<Answer> each : List.of(answer, later)) {
        DnsException e = (DnsException) errorOf(each.awaitDone(20, SECONDS));
        assertEquals(Reason.UNREACHABLE, e.reason());
        assertFalse(e.isTransient(), e::getMessage);
      }
    }
  }

  @Test
  void aTooLongOrCutOffMessageIsAFailure() {
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              exchange.body();
              exchange.send(dns(new byte[65_536]));
            })) {
      assertEquals(Reason.UNREACHABLE, failure(server).reason());
    }
    try (RawServer server =
        RawServer.answering(
            exchange -> {
              byte[] reply = Packets.reply(exchange.body(), 0, ADDRESS);
              exchange.send(dns(Arrays.copyOf(reply, reply.length - 1)));
            })) {
      assertEquals(Reason.MALFORMED, failure(server).reason());
    }
  }

  @Test
  void retriesWhatThePolicySays() {
    AtomicInteger asked = new AtomicInteger();
    Policy policy =
        POLICY.withRetry(Retry.upTo(3).withBackoff(Backoff.exponential(ofMillis(1), ofMillis(2))));
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  byte[] query = exchange.body();
                  exchange.send(
                      asked.incrementAndGet() < 3
                          ? response("503 Busy", "text/plain", new byte[0])
                          : dns(Packets.reply(query, NXDOMAIN)));
                });
        HttpsResolver resolver = resolver(server, policy)) {
      resolver.resolve(NAME).test().awaitDone(20, SECONDS).assertComplete();
      assertEquals(3, asked.get());
    }
  }

  @Test
  void silenceIsATimeout() {
    Policy policy = Policy.limit(1).withAttemptTimeout(ofMillis(200));
    try (RawServer server = RawServer.answering(Exchange::untilTheClientLeaves);
        HttpsResolver resolver = resolver(server, policy)) {
      TestObserver<Answer> answer = resolver.resolve(NAME).test().awaitDone(20, SECONDS);
      assertEquals(Reason.TIMEOUT, ((DnsException) errorOf(answer)).reason());
    }
  }

  @Test
  void cannotAskANamedServer() throws IOException {
    try (RawServer server = replying(0);
        HttpsResolver resolver = resolver(server, POLICY)) {
      RecordQuestion question =
          RecordQuestion.of(NAME, RecordKind.NS)
              .iterativelyAt(DnsOptions.parseServers("127.0.0.1").get(0));
      resolver.query(question).test().awaitDone(20, SECONDS).assertError(DnsException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://127.0.0.1/", "https://a@127.0.0.1/", "https://127.0.0.1/?a", "dns-query"})
  void refusesWhatIsNoService(String url) {
    assertThrows(IllegalArgumentException.class, () -> HttpsResolver.at(URI.create(url)));
  }
}
