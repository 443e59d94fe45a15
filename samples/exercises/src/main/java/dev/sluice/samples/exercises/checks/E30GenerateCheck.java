package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E30Generate;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;

/** Checks {@link E30Generate}. */
public final class E30GenerateCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Flowable.generate(initialState, step) calls step once for each number that is
    requested. The step emits one value and returns the next state; each subscriber has a
    state of its own.\
    """;
  }

  @Override
  public void run() {
    Flowable<Long> numbers = E30Generate.fibonacci();
    numbers.test(3).assertValues(0L, 1L, 1L).assertNotComplete();
    Expect.equal(
        List.of(0L, 1L, 1L, 2L, 3L, 5L, 8L, 13L, 21L, 34L),
        numbers.take(10).toList().blockingGet(),
        "the first ten");
    Expect.equal(List.of(0L), numbers.take(1).toList().blockingGet(), "the first, asked again");
  }
}
