package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Await;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many queries at once, with loss, forged answers and disposal. */
@Timeout(120)
class PressureTest {
  private static final int MANY = 10_000;

  @Test
  void aHundredThousandNamesDespiteLossAndForgedAnswers() {
    Random random = new Random(41);
    int names = 100_000;
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(received -> misbehave(received, random));
        UdpResolver resolver = UdpResolver.of(to(server).withTries(20))) {
      Policy policy = Policy.limit(1_000).withAttemptTimeout(Policy.FOREVER);
      int[] wrong = new int[1];
      Flowable<Outcome<DomainName, Answer>> outcomes =
          Pipeline.of(policy, resolver::resolve)
              .runAll(Flowable.range(0, names).map(PressureTest::name));
      outcomes
          .doOnNext(outcome -> wrong[0] += isRight(outcome) ? 0 : 1)
          .count()
          .test()
          .awaitDone(100, SECONDS)
          .assertValue((long) names);
      assertEquals(0, wrong[0]);
      Await.until(() -> resolver.inFlight() == 0, "nothing in flight");
    }
  }

  @Test
  void theReceiveBuffersHoldTenThousandAnswers() throws Exception {
    Queue<ScriptedNameServer.ReceivedQuery> asked = new ConcurrentLinkedQueue<>();
    CountDownLatch allSent = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    try (ScriptedNameServer server = ScriptedNameServer.answering(asked::add);
        UdpResolver resolver = UdpResolver.withClock(to(server), () -> 0)) {
      CompositeDisposable all = new CompositeDisposable();
      for (int i = 1; i <= MANY; i++) {
        all.add(
            resolver
                .resolve(name(i))
                .subscribe(
                    answer -> {
                      // Blocks the resolver: all other answers must fit the receive buffers.
                      allSent.await();
                      answered.incrementAndGet();
                    }));
        int sent = i;
        if (i % 100 == 0) {
          Await.until(() -> server.asked() == sent, "queries: " + sent);
        }
      }
      assertEquals(MANY, resolver.inFlight());
      for (ScriptedNameServer.ReceivedQuery received : asked) {
        received.found();
      }
      allSent.countDown();
      Await.until(() -> answered.get() == MANY, "answers: " + MANY);
      assertEquals(MANY, server.asked());
    }
  }

  @Test
  void disposeFreesIdsAndPermits() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(received -> {});
        UdpResolver resolver = UdpResolver.withClock(to(server), () -> 0)) {
      Limiter limiter = Limiter.of(500);
      Policy policy = Policy.of(limiter).withAttemptTimeout(Policy.FOREVER);
      Disposable run =
          Pipeline.of(policy, resolver::resolve)
              .runAll(Flowable.range(0, MANY).map(PressureTest::name))
              .subscribe();
      Await.until(() -> server.asked() == 500, "queries: 500");
      run.dispose();
      assertEquals(0, limiter.inFlight());
      Await.until(() -> resolver.inFlight() == 0, "nothing in flight");
    }
  }

  @Test
  void disposeIsSafeAtAnyMoment() {
    Random random = new Random(7);
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = UdpResolver.withClock(to(server), () -> 0)) {
      List<Disposable> flying = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        flying.add(resolver.resolve(name(i)).subscribe());
        if (random.nextBoolean()) {
          flying.remove(random.nextInt(flying.size())).dispose();
        }
        if (flying.size() > 50) {
          flying.remove(0).dispose();
        }
      }
      flying.forEach(Disposable::dispose);
      Await.until(() -> resolver.inFlight() == 0, "nothing in flight");
      resolver.resolve(name(1)).test().awaitDone(10, SECONDS).assertValueCount(1);
    }
  }

  @Test
  @SuppressWarnings("try") // Closed twice, the first time from its own thread.
  void theResolverCanBeClosedByASubscriber() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = UdpResolver.of(to(server))) {
      resolver
          .resolve(name(1))
          .doOnSuccess(answer -> resolver.close())
          .test()
          .awaitDone(10, SECONDS)
          .assertValueCount(1);
      resolver.resolve(name(1)).test().awaitDone(10, SECONDS).assertError(DnsException.class);
    }
  }

  /** Loses one query in twenty, and sends forged, random and duplicate datagrams. */
  private static void misbehave(ScriptedNameServer.ReceivedQuery received, Random random)
      throws IOException {
    if (received.isTcp()) {
      // An attacker off the path cannot forge answers by TCP.
      answer(received);
      return;
    }
    int dice = random.nextInt(20);
    if (dice == 0) {
      return;
    }
    if (dice < 5) {
      byte[] lie = Packets.reply(received.query(), NXDOMAIN);
      lie[random.nextInt(2) == 0 ? 1 : 13] ^= 0x20;
      received.send(lie);
    }
    if (dice == 6) {
      byte[] noise = new byte[1 + random.nextInt(60)];
      random.nextBytes(noise);
      received.send(noise);
    }
    for (int times = dice < 10 ? 2 : 1; times > 0; times--) {
      answer(received);
    }
  }

  private static void answer(ScriptedNameServer.ReceivedQuery received) throws IOException {
    if (exists(received.name())) {
      received.found();
    } else {
      received.reply(NXDOMAIN);
    }
  }

  private static boolean isRight(Outcome<DomainName, Answer> outcome) {
    return exists(outcome.key().value())
        ? outcome instanceof Outcome.Success
        : outcome instanceof Outcome.NotFound;
  }

  private static boolean exists(String name) {
    return name.charAt(name.indexOf('.') - 1) % 2 == 0;
  }

  private static DomainName name(int i) {
    return DomainName.of("n" + i + ".dev");
  }

  private static DnsOptions to(ScriptedNameServer server) {
    return DnsOptions.standard()
        .withServers(List.of(server.address()))
        .withTimeout(Duration.ofMillis(200));
  }
}
