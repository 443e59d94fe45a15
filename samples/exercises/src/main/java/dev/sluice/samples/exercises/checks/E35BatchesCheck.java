package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.exercises.E35Batches;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E35Batches}. */
public final class E35BatchesCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    buffer(count) waits for three, however long that takes: the last few may never come.
    buffer(time, unit, scheduler, count) also closes a list when its time is over.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Flowable<String> names =
        Flowable.just("a", "b", "c", "d")
            .concatWith(Flowable.just("e").delay(1500, MILLISECONDS, clock));
    Expect.lines(
        Timeline.of(E35Batches.batches(names, clock), clock),
        "0.0 [a, b, c]",
        "1.0 [d]",
        "1.5 [e]",
        "1.5 completed");
  }
}
