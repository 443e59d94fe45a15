package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.exercises.E29Edge;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;

/** Checks {@link E29Edge}. */
public final class E29EdgeCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    subscribe returns at once, before the lines have come. toList().blockingGet() waits
    for the end. Do this in main and in tests only: inside a stream it stops a thread that
    others need.\
    """;
  }

  @Override
  public void run() {
    Flowable<String> lines =
        Flowable.just("one", "two").delay(20, MILLISECONDS, Schedulers.computation());
    Expect.equal(List.of("one", "two"), E29Edge.main(lines), "the lines");
  }
}
