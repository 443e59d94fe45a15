package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E10Zip;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E10Zip}. */
public final class E10ZipCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Inside flatMap the second call starts when the first has ended. Single.zip subscribes
    to both and waits for both.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(Timeline.of(E10Zip.both(calls.get("a"), calls.get("b")), clock), "1.0 A+B");
  }
}
