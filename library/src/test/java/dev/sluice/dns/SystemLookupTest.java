package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lookups of the operating system: threads, retries, disposal. */
class SystemLookupTest {
  private static final DomainName NAME = DomainName.of("await.dev");

  private final List<String> asked = new ArrayList<>();

  @Test
  void lookupsRunOnANetworkThreadWithATrailingDot() {
    List<String> threads = new ArrayList<>();
    SystemResolver resolver =
        new SystemResolver(
            host -> {
              asked.add(host);
              threads.add(Thread.currentThread().getName());
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            },
            IoSchedulers.shared().network());
    resolver
        .resolve(NAME)
        .test()
        .awaitDone(10, SECONDS)
        .assertResult(Answer.of(List.of(InetAddress.getLoopbackAddress())));
    assertEquals(List.of("await.dev."), asked);
    assertTrue(threads.get(0).startsWith("sluice-network-"), threads::toString);
  }

  @Test
  void aFailureIsRetriedByThePolicy() {
    Queue<String> words =
        new ConcurrentLinkedQueue<>(List.of("Try again", "Name does not resolve"));
    Policy policy =
        Policy.limit(1).withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO)));
    Domains.of(
            on(
                host -> {
                  throw new UnknownHostException(host + ": " + words.remove());
                }),
            policy)
        .probes()
        .run(NAME)
        .test()
        .awaitDone(10, SECONDS)
        .assertResult(Outcome.notFound(NAME));
  }

  @Test
  void nothingIsSignalledAfterDispose() {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    SystemResolver slow =
        new SystemResolver(
            host -> {
              running.incrementAndGet();
              try {
                answer.await();
                throw new UnknownHostException(host + ": Try again");
              } catch (InterruptedException e) {
                // The operating system ignores the interrupt; its result is dropped like this one.
                throw new UnknownHostException(host + ": Try again");
              } finally {
                running.decrementAndGet();
              }
            },
            IoSchedulers.shared().network());
    var observer = slow.resolve(NAME).test();
    Await.until(() -> running.get() == 1, "the lookup runs");
    observer.dispose();
    answer.countDown();
    Await.until(() -> running.get() == 0, "the lookup is over");
    observer.assertEmpty();
  }

  @Test
  void aDisposedLookupIsNotRepeated() {
    AtomicInteger lookups = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    SystemResolver resolver =
        new SystemResolver(
            host -> {
              lookups.incrementAndGet();
              try {
                ended.await(10, SECONDS);
              } catch (InterruptedException e) {
                ended.countDown();
              }
              // As of a failure in the cache of the JVM, after which another lookup follows.
              throw new UnknownHostException(host);
            },
            IoSchedulers.shared().network());
    Limiter limiter = Limiter.of(1);
    var outcome = Domains.of(resolver, Policy.of(limiter)).probes().run(NAME).test();
    Await.until(() -> lookups.get() == 1, "the lookup is under way");
    outcome.dispose();
    Await.until(() -> limiter.inFlight() == 0, "the permit is back");
    outcome.assertEmpty();
    assertEquals(1, lookups.get());
  }

  @Test
  void resolveIsCold() {
    on(host -> {
          throw new AssertionError(host);
        })
        .resolve(NAME);
  }

  private static SystemResolver on(SystemResolver.Lookup lookup) {
    return new SystemResolver(lookup, Schedulers.trampoline());
  }
}
