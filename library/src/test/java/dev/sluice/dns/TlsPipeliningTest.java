package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.http.TestCertificate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several queries at once on a connection: RFC 7766. */
@Timeout(60)
class TlsPipeliningTest {
  private static final TestCertificate CERTIFICATE =
      TestCertificate.of("server", List.of("ip:127.0.0.1"));
  private static final Policy POLICY = Policy.limit(8).withAttemptTimeout(ofSeconds(20));

  private static TlsResolver resolver(TlsNameServer server, Policy policy) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {CERTIFICATE.trust()}, null);
    return TlsResolver.at("127.0.0.1", server.port(), policy, context.getSocketFactory());
  }

  private static List<DomainName> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> DomainName.of("n" + i + ".dev")).toList();
  }

  private static TestSubscriber<String> found(TlsResolver resolver, int count) {
    return Flowable.fromIterable(names(count))
        .flatMapMaybe(name -> resolver.resolve(name).map(answer -> name.value()), false, count)
        .test();
  }

  @Test
  void responsesMayComeInAnyOrder() throws Exception {
    List<ReceivedQuery> held = new CopyOnWriteArrayList<>();
    try (TlsNameServer server = TlsNameServer.answering(CERTIFICATE, held::add);
        TlsResolver resolver = resolver(server, POLICY)) {
      TestSubscriber<String> answers = found(resolver, 8);
      Await.until(() -> held.size() == 8, "queries: 8");
      List<ReceivedQuery> reversed = new CopyOnWriteArrayList<>(held);
      Collections.reverse(reversed);
      List<String> expected = reversed.stream().map(ReceivedQuery::name).toList();
      for (int i = 0; i < 8; i++) {
        if (i % 2 == 0) {
          reversed.get(i).found();
        } else {
          reversed.get(i).reply(NXDOMAIN);
        }
      }
      answers.awaitDone(20, SECONDS).assertComplete();
      List<String> even =
          IntStream.range(0, 4).mapToObj(i -> expected.get(2 * i)).sorted().toList();
      assertEquals(even, answers.values().stream().sorted().toList());
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void moreQueriesNeedMoreConnections() throws Exception {
    List<ReceivedQuery> held = new CopyOnWriteArrayList<>();
    try (TlsNameServer server = TlsNameServer.answering(CERTIFICATE, held::add);
        TlsResolver resolver =
            resolver(server, Policy.limit(20).withAttemptTimeout(ofSeconds(20)))) {
      TestSubscriber<String> answers = found(resolver, 20);
      Await.until(() -> held.size() == 20, "queries: 20");
      for (ReceivedQuery each : held) {
        each.found();
      }
      answers.awaitDone(20, SECONDS).assertValueCount(20);
      assertEquals(3, server.accepted());
    }
  }

  @Test
  void aCancelledQueryDisturbsNoOther() throws Exception {
    List<ReceivedQuery> held = new CopyOnWriteArrayList<>();
    try (TlsNameServer server = TlsNameServer.answering(CERTIFICATE, held::add);
        TlsResolver resolver = resolver(server, POLICY)) {
      TestObserver<Answer> first = resolver.resolve(DomainName.of("first.dev")).test();
      Await.until(() -> held.size() == 1, "the first query");
      TestObserver<Answer> second = resolver.resolve(DomainName.of("second.dev")).test();
      Await.until(() -> held.size() == 2, "the second query");
      first.dispose();
      held.get(0).reply(NXDOMAIN);
      held.get(1).found();
      second.awaitDone(20, SECONDS).assertValueCount(1);
      first.assertEmpty();
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void aServerThatClosesAfterEachResponseAnswersAll() throws Exception {
    try (TlsNameServer server =
            TlsNameServer.answering(
                CERTIFICATE,
                received -> {
                  received.found();
                  throw new IOException("closes the connection");
                });
        TlsResolver resolver =
            resolver(
                server, POLICY.withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ofMillis(1)))))) {
      found(resolver, 100).awaitDone(50, SECONDS).assertValueCount(100);
    }
  }

  @Test
  void aSilentConnectionTakesNoMoreQueries() {
    SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    TlsConnection connection = new TlsConnection(new Socket(), "127.0.0.1", 853, sockets);
    TlsQuery ended = new TlsQuery(new byte[12]);
    assertTrue(connection.add(ended, 8));
    assertTrue(connection.add(new TlsQuery(new byte[12]), 8));
    connection.cancel(ended);
    assertFalse(connection.add(new TlsQuery(new byte[12]), 8), "no response since then");
    assertFalse(connection.isOver(), "another query is in flight");
    connection.close();
  }
}
