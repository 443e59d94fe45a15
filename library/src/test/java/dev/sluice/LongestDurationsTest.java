package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome.Success;
import dev.sluice.dns.DnsOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A duration that is longer than can be counted is as good as one that never ends. */
@Timeout(30)
final class LongestDurationsTest {
  private static final String HOST = "host";

  static List<Duration> durations() {
    return List.of(
        Duration.ofDays(400_000),
        Policy.FOREVER.minusNanos(1),
        Policy.FOREVER,
        Policy.FOREVER.plusNanos(1),
        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
  }

  static Stream<Retry> retries() {
    return durations().stream()
        .flatMap(
            longest ->
                Stream.of(
                    Backoff.fixed(longest),
                    Backoff.fixed(longest).withJitter(),
                    Backoff.exponential(longest, longest),
                    Backoff.exponential(Duration.ofNanos(1), longest).withJitter()))
        .map(backoff -> Retry.upTo(Integer.MAX_VALUE).withBackoff(backoff));
  }

  private static Maybe<Integer> busy(Duration retryAfter) {
    return Maybe.error(new CountingServer.Refused(retryAfter));
  }

  @ParameterizedTest
  @MethodSource("durations")
  void timeouts(Duration longest) {
    Policy policy = Policy.limit(2).withAttemptTimeout(longest).withItemTimeout(longest);
    Pipeline.<Integer, Integer>of(policy, Maybe::just)
        .within(longest)
        .runAll(Flowable.range(0, 9))
        .test()
        .awaitDone(10, SECONDS)
        .assertValueCount(9)
        .assertComplete();
    assertFalse(policy.toString().contains("PT"), policy::toString);
  }

  @ParameterizedTest
  @MethodSource("retries")
  void waitsBeforeARetry(Retry retry) {
    Work<Integer, Integer> work = key -> key == 1 ? busy(Duration.ZERO) : Maybe.just(key);
    assertOneWaits(Policy.limit(2).withRetry(retry), work);
  }

  @ParameterizedTest
  @MethodSource("durations")
  void waitsThatAServerAsksFor(Duration longest) {
    Work<Integer, Integer> work = key -> key == 1 ? busy(longest) : Maybe.just(key);
    Retry retry = Retry.upTo(2).withLongestWait(longest);
    assertOneWaits(Policy.limit(2).withRetry(retry), work);
    Limiter lanes = Limiter.of(2, Lanes.limit(2).withParking(longest));
    assertOneWaits(Policy.of(lanes).withRetry(retry), work.withLane(key -> HOST + key));
    assertFalse(lanes.usage().lane(HOST + 1).parkedFor().isZero());
  }

  @ParameterizedTest
  @MethodSource("durations")
  void ratesAndQuotas(Duration longest) {
    Limiter lanes =
        Limiter.of(2, Lanes.limit(2).withRate(Rate.of(1, longest)).withParking(longest));
    Work<Integer, Integer> work = Maybe::just;
    Work<Integer, Integer> inLane = work.withLane(key -> key == 2 ? 1 : key);
    assertOneWaits(Policy.of(lanes), inLane);
    lanes.announce(HOST, new Quota(0, longest), 0);
    assertFalse(lanes.usage().lane(HOST).parkedFor().isZero());
  }

  /** Of three keys two succeed, and the run goes on. */
  private static void assertOneWaits(Policy policy, Work<Integer, Integer> work) {
    TestSubscriber<Outcome<Integer, Integer>> outcomes =
        Pipeline.of(policy.withAttemptTimeout(Policy.FOREVER), work)
            .runAll(Flowable.range(0, 3))
            .test()
            .awaitCount(2);
    assertTrue(outcomes.values().stream().allMatch(each -> each instanceof Success));
    outcomes.assertValueCount(2).assertNotComplete().assertNoErrors();
    outcomes.cancel();
    // A cancelled attempt that is inside its subscribe() keeps the permit until that returns.
    Await.until(() -> policy.limiter().inFlight() == 0, "no permit is out");
  }

  @ParameterizedTest
  @MethodSource("durations")
  void texts(Duration longest) {
    assertFalse(DurationText.of(longest).isEmpty());
    assertFalse(DurationText.of(longest.negated()).isEmpty());
    assertFalse(
        String.valueOf(
                new DeadlineException(DeadlineException.Clock.RUN, "k", "k", longest).getMessage())
            .isEmpty());
    assertTrue(DnsOptions.standard().withTimeout(longest).timeout().compareTo(longest) <= 0);
  }
}
