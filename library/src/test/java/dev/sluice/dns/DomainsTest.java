package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.Window;
import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Domain probes with scripted resolvers. */
class DomainsTest {
  private static final Answer FOUND = Answer.of(List.of(InetAddress.getLoopbackAddress()));

  private final DnsException servfail =
      new DnsException(Reason.SERVFAIL, "serv.dev: SERVFAIL", null);

  private final List<DomainName> asked = new ArrayList<>();
  private final Domains domains = Domains.of(this::resolve, Policy.limit(4));

  private Maybe<Answer> resolve(DomainName name) {
    asked.add(name);
    return switch (name.value()) {
      case "free.dev" -> Maybe.empty();
      case "serv.dev" -> Maybe.error(servfail);
      case "bare.dev" -> Maybe.just(Answer.of(List.of()));
      case "bug.dev" -> throw new IllegalStateException("a bug");
      default -> Maybe.just(FOUND);
    };
  }

  @Test
  void anAnswerNoDataNxdomainAndAFailureAreDifferentOutcomes() {
    domains
        .probesOfText()
        .runInOrder(Flowable.just("await.dev", "free.dev", "bare.dev", "serv.dev"))
        .test()
        .assertResult(
            Outcome.success("await.dev", FOUND),
            Outcome.notFound("free.dev"),
            Outcome.success("bare.dev", Answer.of(List.of())),
            Outcome.failure("serv.dev", servfail, 1));
  }

  @Test
  void aNameIsLookedUpOnSubscribe() {
    DomainName name = DomainName.of("await.dev");
    var probe = domains.probes().run(name);
    assertEquals(List.of(), asked);
    probe.test().assertResult(Outcome.success(name, FOUND));
    assertEquals(List.of(name), asked);
  }

  @Test
  void theKeyOfAnOutcomeIsTheTextAsGiven() {
    domains
        .probeAll(Flowable.just("BÜCHER.de."))
        .test()
        .assertResult(Outcome.success("BÜCHER.de.", FOUND));
    assertEquals(List.of(DomainName.of("xn--bcher-kva.de")), asked);
  }

  @Test
  void aBadNameIsAFailureOfItsKeyWithoutALookup() {
    var outcomes =
        domains.probeAll(Flowable.just("a b.dev", "await.dev", "")).test().assertComplete();
    assertEquals(List.of(DomainName.of("await.dev")), asked);
    outcomes.assertValueCount(3);
    Failure<?, ?> failure = assertInstanceOf(Failure.class, outcomes.values().get(0));
    assertEquals("a b.dev", failure.key());
    assertEquals(0, failure.attempts());
    BadNameException cause = assertInstanceOf(BadNameException.class, failure.cause());
    assertFalse(cause.isTransient());
    assertTrue(String.valueOf(cause.getMessage()).startsWith("domain name: \"a b.dev\", must "));
  }

  @Test
  void aBugOfTheResolverEndsTheRun() {
    domains.probeAll(Flowable.just("bug.dev")).test().assertFailure(IllegalStateException.class);
  }

  @Test
  void outcomesComeAsCompletedOrInInputOrder() {
    MaybeSubject<Answer> slow = MaybeSubject.create();
    Domains some =
        Domains.of(
            name -> name.value().equals("slow.dev") ? slow : Maybe.just(FOUND), Policy.limit(4));
    var asReady = some.probeAll(Flowable.just("slow.dev", "await.dev")).test();
    var inOrder = some.probesOfText().runInOrder(Flowable.just("slow.dev", "await.dev")).test();
    asReady.assertValue(Outcome.success("await.dev", FOUND));
    inOrder.assertNoValues();
    slow.onComplete();
    asReady.assertResult(Outcome.success("await.dev", FOUND), Outcome.notFound("slow.dev"));
    inOrder.assertResult(Outcome.notFound("slow.dev"), Outcome.success("await.dev", FOUND));
  }

  @Test
  void disposeDisposesTheLookupsAndGivesThePermitsBack() {
    Policy policy = Policy.limit(2).withAttemptTimeout(Policy.FOREVER);
    MaybeSubject<Answer> never = MaybeSubject.create();
    var probes =
        Domains.of(name -> never, policy).probeAll(Flowable.just("a.dev", "b.dev", "c.dev")).test();
    assertTrue(never.hasObservers());
    assertEquals(2, policy.limiter().inFlight());
    probes.cancel();
    assertFalse(never.hasObservers());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void noFurtherLookupStartsWhenARunIsCancelled() {
    List<DomainName> started = new ArrayList<>();
    Policy policy = Policy.limit(5).withAttemptTimeout(Policy.FOREVER);
    Domains silent =
        Domains.of(name -> Maybe.<Answer>never().doOnSubscribe(d -> started.add(name)), policy);
    Flowable<String> names = Flowable.range(0, 100).map(i -> "n" + i + ".dev");
    silent.probeAll(names).test().cancel();
    assertEquals(5, started.size());
    silent.probesOfText().runInOrder(names).test().cancel();
    assertEquals(10, started.size());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void theSourceIsPulledNoFurtherThanTheWindow() {
    AtomicLong requested = new AtomicLong();
    AtomicInteger pulled = new AtomicInteger();
    Flowable<String> names =
        Flowable.range(0, 1_000_000)
            .map(i -> "n" + i + ".dev")
            .doOnNext(name -> pulled.incrementAndGet())
            .doOnRequest(requested::addAndGet);
    Policy policy = Policy.limit(4).withWindow(Window.of(8)).withAttemptTimeout(Policy.FOREVER);
    Domains.of(name -> Maybe.never(), policy).probeAll(names).test().cancel();
    assertEquals(8, pulled.get());
    assertEquals(8, requested.get());
  }

  @Test
  void aMillionNamesGiveAMillionOutcomes() {
    Domains quick =
        Domains.of(name -> Maybe.just(FOUND), Policy.limit(64).withAttemptTimeout(Policy.FOREVER));
    quick
        .probeAll(Flowable.range(0, 1_000_000).map(i -> "n" + i + ".dev"))
        .count()
        .test()
        .awaitDone(60, SECONDS)
        .assertResult(1_000_000L);
  }

  @Test
  @SuppressWarnings("NullAway") // Not all callers are checked by NullAway.
  void nullArgumentsAreRefused() {
    assertThrows(NullPointerException.class, () -> Domains.of(null, Policy.limit(1)));
    assertThrows(NullPointerException.class, () -> Domains.of(this::resolve, null));
    assertThrows(NullPointerException.class, () -> domains.probes().run(null));
    assertThrows(NullPointerException.class, () -> domains.probeAll(null));
    assertThrows(NullPointerException.class, () -> domains.probesOfText().runInOrder(null));
    assertThrows(NullPointerException.class, () -> DomainName.of(null));
  }

  @Test
  void theReadmeSnippetIsCold() {
    assertNotNull(Domains.standard().probeAll(Flowable.just("await.dev", "for.dev", "while.dev")));
  }
}
