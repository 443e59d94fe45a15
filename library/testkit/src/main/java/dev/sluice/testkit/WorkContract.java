package dev.sluice.testkit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.DeadlineException;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.RetryHint;
import dev.sluice.Window;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a {@link Work} must keep, so that a {@link Pipeline} keeps its own promises: each attempt
 * ends, a cancelled one gives its permit back and is silent, none holds a permit while it waits for
 * its next try.
 *
 * <pre>{@code
 * class WeatherTest extends WorkContract<City, Weather> {
 *   @Override
 *   protected Work<City, Weather> work() {
 *     return weather::at;
 *   }
 *
 *   @Override
 *   protected List<City> keys() {
 *     return List.of(City.of("Rome"), City.of("Oslo"), City.of("Lima"));
 *   }
 * }
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public abstract class WorkContract<K, V> {
  private static final int LIMIT = 2;

  /** Makes the contract. */
  protected WorkContract() {}

  /** {@return the work under test} */
  protected abstract Work<K, V> work();

  /** {@return keys of any outcome, more than two} */
  protected abstract List<K> keys();

  /**
   * {@return a key whose attempts fail with an error that may pass; empty, the default, leaves that
   * test out}
   */
  protected List<K> failingKeys() {
    return List.of();
  }

  /** {@return how long an attempt may take; 30 s unless overridden} */
  protected Duration longest() {
    return Duration.ofSeconds(30);
  }

  @Test
  final void everyKeyHasOneOutcome() {
    Policy policy = policy();
    List<Outcome<K, V>> outcomes = runAll(policy).assertComplete().assertNoErrors().values();
    assertEquals(
        counted(keys()), counted(outcomes.stream().map(Outcome::key).toList()), "keys in and out");
    for (Outcome<K, V> outcome : outcomes) {
      assertFalse(
          outcome instanceof Failure<K, V> failure && failure.cause() instanceof DeadlineException,
          () -> outcome + ": an attempt did not end by itself in " + longest());
    }
    awaitNoPermitIsOut(policy);
  }

  @Test
  final void aCancelledRunGivesItsPermitsBack() {
    for (int outcomes = 0; outcomes < 2; outcomes++) {
      Policy policy = policy();
      TestSubscriber<Outcome<K, V>> run =
          Pipeline.of(policy, work()).runAll(Flowable.fromIterable(keys())).test();
      run.awaitCount(outcomes);
      run.cancel();
      awaitNoPermitIsOut(policy);
    }
  }

  @Test
  final void aCancelledAttemptIsSilent() {
    try (UndeliveredErrors errors = UndeliveredErrors.watch()) {
      for (K key : keys()) {
        Signals<V> signals = work().attempt(key).subscribeWith(new Signals<>());
        signals.dispose();
        int before = signals.count();
        // As long as a whole run: time enough for what the cancelled attempt still has to say.
        runAll(policy());
        assertEquals(before, signals.count(), "signals of a cancelled attempt");
      }
      errors.assertNone();
    }
  }

  @Test
  final void aRunAsksForNoMoreKeysThanItsWindowHolds() {
    int window = LIMIT + 1;
    AtomicLong asked = new AtomicLong();
    AtomicLong done = new AtomicLong();
    AtomicLong most = new AtomicLong();
    Flowable<K> keys =
        Flowable.fromIterable(keys())
            .repeat(3)
            .doOnNext(
                key -> most.accumulateAndGet(asked.incrementAndGet() - done.get(), Math::max));
    Policy policy = policy().withWindow(Window.of(window));
    Pipeline.of(policy, work())
        .runAll(keys)
        .doOnNext(outcome -> done.incrementAndGet())
        .test()
        .awaitDone(longest().toNanos() * 3, NANOSECONDS)
        .assertComplete();
    assertTrue(most.get() <= window, () -> most + " keys in a window of " + window);
  }

  @Test
  final void noPermitIsOutBetweenTwoAttempts() {
    Assumptions.assumeFalse(failingKeys().isEmpty(), "failingKeys() has none");
    Limiter limiter = Limiter.of(1);
    Policy policy =
        Policy.of(limiter)
            .withAttemptTimeout(longest())
            .withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ofHours(1))));
    TestSubscriber<Outcome<K, V>> waiting =
        Pipeline.of(policy, work()).runAll(Flowable.fromIterable(failingKeys())).test();
    // The only permit: it is there for this one if no key that waits an hour has it.
    TestSubscriber<Outcome<K, V>> other =
        Pipeline.of(policy.withRetry(Retry.upTo(1)), work())
            .runAll(Flowable.fromIterable(failingKeys()))
            .test();
    other.awaitDone(longest().toNanos(), NANOSECONDS).assertComplete();
    for (Outcome<K, V> outcome : other.values()) {
      assertTrue(
          outcome instanceof Failure<K, V> failure && mayPass(failure),
          () -> outcome + " is no error that may pass");
    }
    waiting.assertNotComplete().cancel();
    awaitNoPermitIsOut(policy);
  }

  private static boolean mayPass(Failure<?, ?> failure) {
    return !(failure.cause() instanceof RetryHint hint) || hint.isTransient();
  }

  private Policy policy() {
    return Policy.of(Limiter.of(LIMIT)).withAttemptTimeout(longest());
  }

  private TestSubscriber<Outcome<K, V>> runAll(Policy policy) {
    return Pipeline.of(policy, work())
        .runAll(Flowable.fromIterable(keys()))
        .test()
        .awaitDone(longest().toNanos() * keys().size(), NANOSECONDS);
  }

  private void awaitNoPermitIsOut(Policy policy) {
    Eventually.until(() -> policy.limiter().inFlight() == 0, longest(), "a permit is still out");
  }

  private static <T> Map<T, Long> counted(List<T> all) {
    return all.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
  }
}
