package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E08Naive;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E08Naive}. */
public final class E08NaiveCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    concatMapSingle subscribes to the next call when the previous one has ended, as an
    await in a loop does. flatMapSingle subscribes to all of them.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E08Naive.all(Flowable.just("br", "in", "us"), calls::get), clock),
        "1.0 BR",
        "1.0 IN",
        "1.0 US",
        "1.0 completed");
  }
}
