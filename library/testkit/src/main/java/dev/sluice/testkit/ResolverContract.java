package dev.sluice.testkit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Work;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Resolver;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a {@link Resolver} must keep: what every work must, and that it tells a name that exists
 * from one that does not, answers each subscription, and does not block its subscriber.
 */
public abstract class ResolverContract extends WorkContract<DomainName, Answer> {
  private static final Duration LONGEST_SUBSCRIBE = Duration.ofMillis(500);

  /** Makes the contract. */
  protected ResolverContract() {}

  /** {@return the resolver under test} */
  protected abstract Resolver resolver();

  /** {@return a name that exists} */
  protected abstract DomainName existing();

  /** {@return a name that does not exist: NXDOMAIN} */
  protected abstract DomainName missing();

  /**
   * {@return names whose servers do not answer; empty, the default, leaves the tests of them out}
   */
  protected List<DomainName> unanswered() {
    return List.of();
  }

  @Override
  protected final Work<DomainName, Answer> work() {
    Resolver resolver = resolver();
    return resolver::resolve;
  }

  @Override
  protected final List<DomainName> keys() {
    return List.of(existing(), missing(), existing(), missing());
  }

  @Test
  final void aNameThatExistsHasAnAnswer() {
    answerOf(existing()).assertValueCount(1).assertComplete();
  }

  @Test
  final void aNameThatDoesNotExistHasNone() {
    answerOf(missing()).assertNoErrors().assertNoValues().assertComplete();
  }

  @Test
  final void eachSubscriptionHasTheAnswer() {
    var lookup = resolver().resolve(existing());
    for (int i = 0; i < 2; i++) {
      lookup.test().awaitDone(longest().toNanos(), NANOSECONDS).assertValueCount(1);
    }
  }

  @Test
  final void subscribingDoesNotWaitForTheAnswer() {
    Assumptions.assumeFalse(unanswered().isEmpty(), "unanswered() has none");
    for (DomainName name : unanswered()) {
      long start = System.nanoTime();
      TestObserver<Answer> waiting = resolver().resolve(name).test();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      waiting.dispose();
      assertTrue(
          took.compareTo(LONGEST_SUBSCRIBE) < 0,
          () -> "subscribing took " + took + ", allowed are " + LONGEST_SUBSCRIBE);
    }
  }

  @Test
  final void noAnswerIsAnErrorAndNotAMissingName() {
    Assumptions.assumeFalse(unanswered().isEmpty(), "unanswered() has none");
    for (DomainName name : unanswered()) {
      answerOf(name).assertError(IOException.class);
    }
  }

  private TestObserver<Answer> answerOf(DomainName name) {
    return resolver().resolve(name).test().awaitDone(longest().toNanos(), NANOSECONDS);
  }
}
