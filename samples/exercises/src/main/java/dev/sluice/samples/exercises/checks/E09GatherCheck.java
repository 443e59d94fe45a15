package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E09Gather;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E09Gather}. */
public final class E09GatherCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    flatMap emits as the calls complete, like as_completed. concatMapEager also starts
    them at once, and keeps early answers until their turn, like gather.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E09Gather.gather(Flowable.just("slow", "br", "us"), calls::get), clock),
        "10.0 SLOW",
        "10.0 BR",
        "10.0 US",
        "10.0 completed");
  }
}
