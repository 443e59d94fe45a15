package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key whose value is known before an attempt. */
class UnlessKnownTest {
  private final Limiter limiter = Limiter.of(1);
  private final List<Integer> attempted = new ArrayList<>();
  private final IOException broken = new IOException("the lookup is broken");

  private final Pipeline<Integer, String> pipeline =
      Pipeline.of(
          Policy.of(limiter),
          key -> {
            attempted.add(key);
            return Maybe.just("asked " + key);
          });

  private Maybe<String> known(int key) {
    return switch (key) {
      case 1 -> Maybe.just("known 1");
      case 2 -> Maybe.error(broken);
      default -> Maybe.empty();
    };
  }

  @Test
  void onlyUnknownKeysAreAttempted() {
    pipeline
        .unlessKnown(this::known)
        .runInOrder(Flowable.just(1, 2, 3))
        .test()
        .assertResult(
            Outcome.success(1, "known 1"),
            Outcome.failure(2, broken, 0),
            Outcome.success(3, "asked 3"));
    assertEquals(List.of(3), attempted);
  }

  @Test
  void aKnownValueNeedsNoPermit() {
    var permit = limiter.permit(Single.never()).test();
    pipeline
        .unlessKnown(this::known)
        .then((key, value) -> Single.just(value.length()))
        .run(1)
        .test()
        .assertResult(Outcome.success(1, 7));
    permit.dispose();
  }

  @Test
  void aLookupThatThrowsIsAFailureOrABug() {
    pipeline
        .unlessKnown(
            key -> {
              throw broken;
            })
        .run(1)
        .test()
        .assertResult(Outcome.failure(1, broken, 0));
    pipeline
        .unlessKnown(key -> Maybe.error(new IllegalStateException("bug")))
        .runAll(Flowable.just(1, 2))
        .test()
        .assertFailure(IllegalStateException.class);
  }

  @Test
  void aLookupUnderWayIsDisposed() {
    MaybeSubject<String> lookup = MaybeSubject.create();
    TestObserver<?> outcome = pipeline.unlessKnown(key -> lookup).run(1).test();
    assertEquals(true, lookup.hasObservers());
    outcome.dispose();
    assertEquals(false, lookup.hasObservers());
    assertEquals(List.of(), attempted);
  }
}
