package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E13TaskGroup;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E13TaskGroup}. */
public final class E13TaskGroupCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    With delayErrors = true the error waits for the other calls. Without it flatMap is a
    TaskGroup: an error disposes every call under way.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E13TaskGroup.allOrNothing(Flowable.just("slow", "bad"), calls::get), clock),
        "1.0 java.io.IOException: no bad");
    Expect.equal(List.of("slow"), calls.cancelled(), "cancelled calls");
  }
}
