package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Await;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More truncated answers than TCP connections. */
class ManyTcpConnectionsTest extends UdpFixture {
  private static final int NAMES = 200;
  private static final int CONNECTIONS = 64;

  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void noMoreThan64ConnectionsAreOpenAndAllQueriesAreAnswered() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(this::answerByTcp);
        UdpResolver resolver = asking(server)) {
      List<TestObserver<Answer>> observers = askAll(resolver);
      Await.until(() -> connected.get() == CONNECTIONS, "connections: " + CONNECTIONS);
      open.countDown();
      observers.forEach(observer -> await(observer).assertValueCount(1));
      assertEquals(CONNECTIONS, most.get());
      assertEquals(2 * NAMES, server.asked());
    }
  }

  @Test
  void aDisposedQueryFreesItsConnectionOrItsPlaceInTheQueue() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(this::answerByTcp);
        UdpResolver resolver = asking(server)) {
      List<TestObserver<Answer>> observers = askAll(resolver);
      Await.until(() -> connected.get() == CONNECTIONS, "connections: " + CONNECTIONS);
      // Every second query: some have a connection, some wait for one.
      List<TestObserver<Answer>> stay = everySecond(observers, 0);
      everySecond(observers, 1).forEach(TestObserver::dispose);
      open.countDown();
      stay.forEach(observer -> await(observer).assertValueCount(1));
      everySecond(observers, 1).forEach(TestObserver::assertEmpty);
      Await.until(() -> resolver.inFlight() == 0, "nothing in flight");
    }
  }

  @Test
  void closeFailsQueriesThatWaitForAConnection() {
    List<TestObserver<Answer>> observers;
    try (ScriptedNameServer server = ScriptedNameServer.answering(this::answerByTcp)) {
      try (UdpResolver resolver = asking(server)) {
        observers = askAll(resolver);
        Await.until(() -> connected.get() == CONNECTIONS, "connections: " + CONNECTIONS);
      }
      observers.forEach(
          observer ->
              assertFailed(
                  await(observer), DnsException.Reason.UNREACHABLE, "the resolver is closed"));
      open.countDown();
    }
  }

  private static List<TestObserver<Answer>> askAll(UdpResolver resolver) {
    return Flowable.range(0, NAMES)
        .map(i -> resolver.resolve(DomainName.of("n" + i + ".dev")).test())
        .toList()
        .blockingGet();
  }

  private static <T> List<T> everySecond(List<T> all, int first) {
    return IntStream.range(0, all.size()).filter(i -> i % 2 == first).mapToObj(all::get).toList();
  }

  private void answerByTcp(ScriptedNameServer.ReceivedQuery received) throws IOException {
    if (!received.isTcp()) {
      received.reply(TRUNCATED);
      return;
    }
    int now = connected.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    connected.decrementAndGet();
    received.found();
  }
}
