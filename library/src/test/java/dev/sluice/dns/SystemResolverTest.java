package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.IoSchedulers;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the messages of the operating system mean, as JDK 17 and 25 pass them on. */
class SystemResolverTest {
  private static final DomainName NAME = DomainName.of("await.dev");

  private final List<String> asked = new ArrayList<>();

  @Test
  void theRealSystemFindsLocalhost() {
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

  @ParameterizedTest
  @ValueSource(strings = {"Name or service not known", "Name does not resolve"})
  void anUnknownNameIsNotFound(String words) {
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
  void aMessageThatMayMeanAnOutageIsAFailure(String message) {
    DnsException failure = failureOf(saying(message));
    assertEquals(DnsException.Reason.UNREACHABLE, failure.reason());
    assertEquals("await.dev: the operating system says: \"" + message + "\"", failure.getMessage());
    assertTrue(failure.isTransient());
  }

  @Test
  void aCachedFailureWithoutMessageIsLookedUpAgain() {
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
  void theSecondLookupUsesRandomLetterCase() {
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
  void aHungLookupKeepsItsPermitSoThatNoMoreThreadsHang() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    SystemResolver hung =
        new SystemResolver(
            host -> {
              inside.incrementAndGet();
              boolean done = false;
              while (!done) {
                try {
                  release.await();
                  done = true;
                } catch (InterruptedException e) {
                  done = false;
                }
              }
              throw new UnknownHostException(host + ": Name or service not known");
            },
            IoSchedulers.shared().network());
    Limiter limiter = Limiter.of(2);
    Policy policy = Policy.of(limiter).withAttemptTimeout(Duration.ofMillis(20));
    var outcomes =
        Domains.of(hung, policy).probeAll(Flowable.just("a.dev", "b.dev", "c.dev")).test();
    Await.until(() -> outcomes.values().size() == 2, "two probes time out");
    assertEquals(2, limiter.inFlight());
    assertEquals(2, inside.get());
    release.countDown();
    outcomes.awaitDone(10, SECONDS).assertValueCount(3).assertComplete();
    Await.until(() -> limiter.inFlight() == 0, "the permits are back");
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
