package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E33RunningAverage;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;

/** Checks {@link E33RunningAverage}. */
public final class E33RunningAverageCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    reduce emits once, at the end. scan emits the state after each number, the initial one
    first: skip(1). The state is what a classic coroutine keeps in its local variables.\
    """;
  }

  @Override
  public void run() {
    Flowable<Double> averages = E33RunningAverage.averages(Flowable.just(10.0, 30.0, 5.0));
    Expect.equal(List.of(10.0, 20.0, 15.0), averages.toList().blockingGet(), "the averages");
    averages.take(1).test().assertResult(10.0);
    E33RunningAverage.averages(Flowable.empty()).test().assertResult();
  }
}
