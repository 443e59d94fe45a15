package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.exercises.E05Change;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E05Change}. */
public final class E05ChangeCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    answer is the work, not its value. map gives your function the value when it is there.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Single<Integer> answer = Single.just(42).delay(1, SECONDS, clock);
    Expect.lines(Timeline.of(E05Change.describe(answer), clock), "1.0 The answer is 42");
  }
}
