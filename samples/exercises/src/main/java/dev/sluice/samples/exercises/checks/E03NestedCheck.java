package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E03Nested;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks {@link E03Nested}. */
public final class E03NestedCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Single.just(…) takes a value that was computed before. Single.fromCallable(…) computes
    it for each subscriber: it is cold, as a coroutine before its await.\
    """;
  }

  @Override
  public void run() {
    AtomicInteger effects = new AtomicInteger();
    Single<Integer> nested = E03Nested.nested(effects::incrementAndGet);
    Expect.equal(0, effects.get(), "effects before the first subscription");
    Expect.equal(42, nested.blockingGet(), "the value");
    Expect.equal(42, nested.blockingGet(), "the value of the second subscription");
    Expect.equal(2, effects.get(), "effects after two subscriptions");
  }
}
