package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.exercises.E02CountAtOnce;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E02CountAtOnce}. */
public final class E02CountAtOnceCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    concat subscribes to the next stream when the previous one has completed: three
    seconds. merge subscribes to all of them at once, as gather starts all tasks.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();
    Flowable<String> second = Flowable.just("Two").delay(1, SECONDS, clock);
    Flowable<String> count = Flowable.just("One").concatWith(second);
    Expect.lines(
        Timeline.of(E02CountAtOnce.three(count), clock),
        "0.0 One",
        "0.0 One",
        "0.0 One",
        "1.0 Two",
        "1.0 Two",
        "1.0 Two",
        "1.0 completed");
  }
}
