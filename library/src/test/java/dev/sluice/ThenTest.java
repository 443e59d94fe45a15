package dev.sluice;

import static java.time.Duration.ZERO;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps that follow a work: their errors, and the attempts that a failure reports. */
class ThenTest {
  private final IOException full = new IOException("disk full");
  private final IOException reset = new IOException("reset");
  private final Map<Integer, Integer> attempts = new HashMap<>();

  /** Key n succeeds at attempt n; key 0 does not exist; key 9 never succeeds. */
  private final Pipeline<Integer, String> pipeline =
      Pipeline.of(
          Policy.limit(4)
              .withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ZERO)))
              .withSchedulers(IoSchedulers.shared().withTimer(new ImpatientTimer())),
          key -> {
            int attempt = attempts.merge(key, 1, Integer::sum);
            if (key == 0) {
              return Maybe.empty();
            }
            return attempt < key ? Maybe.error(reset) : Maybe.just("value " + key);
          });

  @Test
  void anIoExceptionOfTheStepIsTheFailureOfItsKeyAlone() {
    pipeline
        .<String>then(outcome -> outcome.key() == 3 ? Single.error(full) : Single.just(outcome))
        .runInOrder(Flowable.just(1, 3, 2, 0))
        .test()
        .assertResult(
            Outcome.success(1, "value 1"),
            Outcome.failure(3, full, 3),
            Outcome.success(2, "value 2"),
            Outcome.notFound(0));
  }

  @Test
  void anIoExceptionThrownByTheStepIsAFailureToo() {
    pipeline
        .<String>then(
            outcome -> {
              throw full;
            })
        .run(2)
        .test()
        .assertResult(Outcome.failure(2, full, 2));
  }

  @Test
  void aStepOverValuesFailsWithTheAttemptsThatWereMade() {
    Pipeline<Integer, Integer> saved =
        pipeline.then(
            (key, value) ->
                Single.<Integer>fromCallable(
                    () -> {
                      if (key > 1) {
                        throw full;
                      }
                      return value.length();
                    }));
    saved
        .runInOrder(Flowable.just(0, 1, 2, 3, 9))
        .test()
        .assertResult(
            Outcome.notFound(0),
            Outcome.success(1, 7),
            Outcome.failure(2, full, 2),
            Outcome.failure(3, full, 3),
            Outcome.failure(9, reset, 3));
  }

  @Test
  void attemptsAreCountedForEachSubscription() {
    Single<Outcome<Integer, String>> failing =
        pipeline.<String>then((key, value) -> Single.error(full)).run(3);
    failing.test().assertResult(Outcome.failure(3, full, 3));
    // The fourth attempt at key 3 succeeds at once.
    failing.test().assertResult(Outcome.failure(3, full, 1));
  }

  @Test
  void aSecondStepSeesTheFailureOfTheFirst() {
    pipeline
        .<String>then((key, value) -> Single.error(full))
        .then(outcome -> Single.just(outcome.map(String::length)))
        .run(2)
        .test()
        .assertResult(Outcome.failure(2, full, 2));
  }

  @Test
  void aKeyThatWasTypedIsInTheFailureOfTheStep() {
    pipeline
        .<String>then((key, value) -> Single.error(full))
        .<String>parsing(Integer::valueOf)
        .then((typed, value) -> Single.just(value))
        .run("2")
        .test()
        .assertResult(Outcome.failure("2", full, 2));
  }

  @Test
  void aForeignExceptionOfTheStepIsTranslated() {
    pipeline
        .<String>then((key, value) -> Single.error(new ErrorTranslatorTest.ForeignException(404)))
        .run(1)
        .test()
        .assertResult(Outcome.notFound(1));
  }

  @Test
  void aBugOfTheStepEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("bug");
    pipeline.<String>then((key, value) -> Single.error(bug)).run(1).test().assertError(bug);
    pipeline
        .<String>then(
            (key, value) -> {
              throw bug;
            })
        .runAll(Flowable.just(1, 2))
        .test()
        .assertError(bug);
  }

  @Test
  void aStepHoldsNoPermit() {
    Limiter limiter = Limiter.of(1);
    Pipeline<Integer, Integer> slow =
        Pipeline.<Integer, Integer>of(Policy.of(limiter), Maybe::just)
            .then((key, value) -> Single.<Integer>never());
    var run = slow.runAll(Flowable.range(0, 2)).test();
    assertEquals(0, limiter.inFlight());
    run.cancel();
    limiter.permit(Maybe.just(1)).test().awaitDone(1, SECONDS).assertResult(1);
  }
}
