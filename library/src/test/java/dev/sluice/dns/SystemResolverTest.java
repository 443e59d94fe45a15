package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words of the operating system mean. The words are those that JDK 17 and 25 pass on. */
class SystemResolverTest {
  private static final DomainName NAME = DomainName.of("await.dev");

  private final List<String> asked = new ArrayList<>();

  @Test
  void localhostIsKnownToTheRealSystem() {
    Domains.standard()
        .probeAll(Flowable.just("localhost"))
        .test()
        .awaitDone(10, SECONDS)
        .assertValue(
            outcome ->
                outcome.fold(
                    found ->
                        found.value().addresses().stream().allMatch(InetAddress::isLoopbackAddress)
                            && !found.value().addresses().isEmpty(),
                    absent -> false,
                    failure -> false))
        .assertComplete();
  }

  @Test
  void addressesComeOnANetworkThreadAndTheSearchListIsLeftAlone() {
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

  @ParameterizedTest
  @ValueSource(strings = {"Name or service not known", "Name does not resolve"})
  void aNameThatNobodyKnowsIsNotFound(String words) {
    saying("await.dev.: " + words).resolve(NAME).test().assertResult();
  }

  @ParameterizedTest
  @ValueSource(strings = {"No address associated with hostname", "Name has no usable address"})
  void aNameWithoutAddressExists(String words) {
    saying("await.dev.: " + words).resolve(NAME).test().assertResult(Answer.of(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await.dev.: Temporary failure in name resolution",
        "await.dev.: Try again",
        "await.dev.: Non-recoverable failure in name resolution",
        "await.dev.: System error",
        "await.dev.: Invalid argument",
        "await.dev.: nodename nor servname provided, or not known",
        "No such host is known (await.dev.)",
        "await.dev.: Der Name oder der Dienst ist nicht bekannt",
        "await.dev.: Temporärer Fehler bei der Namensauflösung",
        "",
      })
  void whatMayBeAnOutageIsAFailure(String message) {
    DnsException failure = failureOf(saying(message));
    assertEquals(DnsException.Reason.UNREACHABLE, failure.reason());
    assertEquals("await.dev: the operating system says: \"" + message + "\"", failure.getMessage());
    assertTrue(failure.isTransient());
  }

  @Test
  void aReasonThatTheJvmForgotIsAskedForAgain() {
    SystemResolver forgetful =
        on(
            host -> {
              asked.add(host);
              throw new UnknownHostException(
                  asked.size() == 1 ? host : host + ": Name or service not known");
            });
    forgetful.resolve(NAME).test().assertResult();
    assertEquals("await.dev.", asked.get(0));
    assertEquals("await.dev.", asked.get(1).toLowerCase(Locale.ROOT));
  }

  @Test
  void aNameHasManyMixturesOfCapitals() {
    SystemResolver forgetful =
        on(
            host -> {
              asked.add(host);
              throw new UnknownHostException(host);
            });
    for (int i = 0; i < 20; i++) {
      failureOf(forgetful);
    }
    assertEquals(40, asked.size());
    assertNotEquals(
        1, asked.stream().filter(host -> !host.equals("await.dev.")).distinct().count());
  }

  @Test
  void aFailureIsRetriedWhereThePolicySaysSo() {
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
        .probe(NAME)
        .test()
        .awaitDone(10, SECONDS)
        .assertResult(Outcome.notFound(NAME));
  }

  @Test
  void nothingIsHeardAfterDispose() {
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
                throw new AssertionError(e);
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
  void nobodyIsAskedBeforeSomebodySubscribes() {
    on(host -> {
          throw new AssertionError(host);
        })
        .resolve(NAME);
  }

  private static DnsException failureOf(SystemResolver resolver) {
    List<Throwable> errors = new ArrayList<>();
    resolver.resolve(NAME).doOnError(errors::add).test().assertFailure(DnsException.class);
    return assertInstanceOf(DnsException.class, errors.get(0));
  }

  private static SystemResolver saying(String message) {
    return on(
        host -> {
          throw new UnknownHostException(message);
        });
  }

  private static SystemResolver on(SystemResolver.Lookup lookup) {
    return new SystemResolver(lookup, Schedulers.trampoline());
  }
}
