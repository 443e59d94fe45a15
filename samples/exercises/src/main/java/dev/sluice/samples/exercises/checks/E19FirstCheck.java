package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E19First;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E19First}. */
public final class E19FirstCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Single.ambArray("ambiguous") subscribes to all, takes the first that signals, and
    disposes the others.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E19First.fastest(calls.get("slow"), calls.get("br")), clock), "1.0 BR");
    Expect.equal(List.of("slow", "br"), calls.started(), "started calls");
    Expect.equal(List.of("slow"), calls.cancelled(), "cancelled calls");
  }
}
