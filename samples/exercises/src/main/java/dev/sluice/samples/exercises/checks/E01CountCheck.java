package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E01Count;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E01Count}. */
public final class E01CountCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    asyncio.sleep does not block the thread, and neither does delay(1, SECONDS, clock).
    Without the clock, delay waits in real time, which the check does not wait for.
    concatWith subscribes to the second stream when the first has completed.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();
    Expect.lines(Timeline.of(E01Count.count(clock), clock), "0.0 One", "1.0 Two", "1.0 completed");
  }
}
