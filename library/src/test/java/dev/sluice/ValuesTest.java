package dev.sluice;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.disk.DiskException;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Outcome<String, Integer> SUCCESS = Outcome.success("a", 1);
  private static final Outcome<String, Integer> ABSENT = Outcome.notFound("b");
  private final IOException cause = new IOException("no");
  private final Outcome<String, Integer> failed = Outcome.failure("c", cause, 3);

  @Test
  void anOutcomeFoldsToOneOfThree() {
    assertEquals("a=1", told(SUCCESS));
    assertEquals("no b", told(ABSENT));
    assertEquals("c: no (3)", told(failed));
  }

  @Test
  void mapChangesOnlyTheValue() {
    assertEquals(Outcome.success("a", "1"), SUCCESS.map(String::valueOf));
    assertEquals(ABSENT, ABSENT.map(String::valueOf));
    assertEquals(failed, failed.map(String::valueOf));
  }

  @Test
  void aTallyCountsByKind() {
    Flowable.just(SUCCESS, ABSENT, failed, SUCCESS)
        .reduce(Tally.ZERO, Tally::plus)
        .test()
        .assertResult(new Tally(2, 1, 1));
    assertEquals(4, new Tally(2, 1, 1).total());
  }

  @Test
  void mapKeyChangesOnlyTheKey() {
    assertEquals(Outcome.success(1, 1), SUCCESS.mapKey(String::length));
    assertEquals(Outcome.notFound(1), ABSENT.mapKey(String::length));
    assertEquals(Outcome.failure(1, cause, 3), failed.mapKey(String::length));
  }

  @Test
  void flatMapReplacesASuccess() {
    assertEquals(
        Outcome.failure("a", cause, 1), SUCCESS.flatMap(v -> Outcome.failure("a", cause, v)));
    assertEquals(ABSENT, ABSENT.flatMap(v -> SUCCESS));
    assertEquals(failed, failed.flatMap(v -> SUCCESS));
  }

  @Test
  void aValueIsReadAsOptionalOrOrElseThrow() throws IOException {
    assertEquals(Optional.of(1), SUCCESS.asOptional());
    assertEquals(Optional.empty(), ABSENT.asOptional());
    assertEquals(Optional.empty(), failed.asOptional());
    assertEquals(1, SUCCESS.orElseThrow());
    assertSame(cause, assertThrows(IOException.class, failed::orElseThrow));
    assertEquals(
        "b: not found",
        assertThrows(NoSuchElementException.class, ABSENT::orElseThrow).getMessage());
  }

  @Test
  void theWindowFollowsTheLimiterUnlessItWasSet() {
    Policy policy = Policy.limit(8);
    assertEquals(Window.of(128), policy.withLimiter(Limiter.of(64)).window());
    assertEquals(
        Window.of(Integer.MAX_VALUE),
        policy.withLimiter(Limiter.of(Integer.MAX_VALUE)).withRetry(Retry.none()).window());
    Policy own = policy.withWindow(Window.of(16));
    assertEquals(Window.of(16), own.withLimiter(Limiter.of(64)).window());
  }

  @Test
  void policiesAreEqualWhenTheyDoTheSame() {
    Policy policy = Policy.limit(8);
    assertEquals(policy, policy.withAttemptTimeout(ofSeconds(10)));
    assertEquals(policy.hashCode(), policy.withWindow(Window.of(16)).hashCode());
    assertEquals(policy, policy.withWindow(Window.of(16)));
    assertNotEquals(policy, policy.withWindow(Window.of(17)));
    assertNotEquals(policy, Policy.limit(8), "another limiter");
  }

  @Test
  void aPolicyReadsLikeASentence() {
    assertEquals(
        "8 at once, 10s an attempt, no item timeout, 3 attempts with back-off 200ms to 10s and"
            + " jitter, window 16",
        Policy.limit(8).withRetry(Retry.upTo(3)).toString());
    assertEquals(
        "1 at once, no attempt timeout, 1m30s an item, 1 attempt, window 2, own schedulers: timer",
        Policy.limit(1)
            .withAttemptTimeout(Policy.FOREVER)
            .withItemTimeout(ofSeconds(90))
            .withSchedulers(IoSchedulers.shared().withTimer(new TestScheduler()))
            .toString());
    assertEquals(
        "2 attempts with its own back-off and jitter, Retry-After up to 5s, on a condition",
        Retry.upTo(2)
            .withBackoff(((Backoff) failures -> ZERO).withJitter())
            .withLongestWait(ofSeconds(5))
            .withCondition(e -> true)
            .toString());
    assertEquals("back-off 250ms", Backoff.fixed(Duration.ofMillis(250)).toString());
    assertEquals("window 3", Window.of(3).toString());
    assertEquals("shared schedulers", IoSchedulers.shared().toString());
  }

  @Test
  void exceptionsForTestDoublesCanBeConstructed() {
    DeadlineException late =
        new DeadlineException(DeadlineException.Clock.ATTEMPT, "br", "127.0.0.1", ofSeconds(3));
    assertEquals("br: no answer within 3s from 127.0.0.1", late.getMessage());
    DiskException refusal = new DiskException("br.gif: no space", new IOException("ENOSPC"));
    assertEquals("br.gif: no space", refusal.getMessage());
  }

  @Test
  void copiesChangeOneThing() {
    Policy policy = Policy.limit(5);
    Limiter limiter = Limiter.of(2);
    assertSame(limiter, policy.withLimiter(limiter).limiter());
    assertEquals(Window.of(10), policy.window());
    assertEquals(Window.of(3), policy.withWindow(Window.of(3)).window());
    assertEquals(ofSeconds(1), policy.withAttemptTimeout(ofSeconds(1)).attemptTimeout());
    assertEquals(ofSeconds(2), policy.withItemTimeout(ofSeconds(2)).itemTimeout());
    assertEquals(2, policy.withRetry(Retry.upTo(2)).retry().maxAttempts());
    Scheduler own = new TestScheduler();
    IoSchedulers schedulers = IoSchedulers.shared();
    assertSame(own, schedulers.withNetwork(own).network());
    assertSame(own, schedulers.withDisk(own).disk());
    assertSame(own, schedulers.withTimer(own).timer());
  }

  @Test
  void longerDurationsAreForever() {
    Policy patient = Policy.limit(1).withAttemptTimeout(ofDays(365 * 300));
    assertEquals(Policy.FOREVER, patient.attemptTimeout());
  }

  @Test
  void refusesWrongArguments() {
    refused("limit: -1, must be at least 1", () -> Policy.limit(-1));
    refused("size: 0, must be at least 1", () -> Window.of(0));
    refused(
        "attemptTimeout: 0s, must be longer than zero",
        () -> Policy.limit(1).withAttemptTimeout(ZERO));
    refused(
        "itemTimeout: -1s, must be longer than zero",
        () -> Policy.limit(1).withItemTimeout(ofSeconds(-1)));
    refused("attempts: -1, must be at least 0", () -> Outcome.failure("c", cause, -1));
    refused("counts: -1, 0, 0, none may be negative", () -> new Tally(-1, 0, 0));
  }

  @Test
  @SuppressWarnings("NullAway") // The nulls are what the test is about.
  void refusesNullAndNamesTheArgument() {
    missing("key", () -> Outcome.success(null, 1));
    missing("value", () -> Outcome.success("a", null));
    missing("cause", () -> Outcome.failure("a", null, 1));
    missing("work", () -> Limiter.of(1).permit((io.reactivex.rxjava3.core.Maybe<Integer>) null));
    missing("retry", () -> Policy.limit(1).withRetry(null));
    missing("network", () -> IoSchedulers.shared().withNetwork(null));
    missing("policy", () -> Pipeline.of(null, key -> null));
    missing("keys", () -> Pipeline.of(Policy.limit(1), key -> null).runAll(null));
    missing("keys", () -> Window.of(1).inOrder(null, key -> null));
  }

  private static void missing(String name, Runnable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call::run).getMessage());
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static String told(Outcome<String, Integer> outcome) {
    return outcome.fold(
        success -> success.key() + "=" + success.value(),
        absent -> "no " + absent.key(),
        failure ->
            failure.key() + ": " + failure.cause().getMessage() + " (" + failure.attempts() + ")");
  }
}
