package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E06Chain;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E06Chain}. */
public final class E06ChainCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    flatMap takes the first value and returns the next Single. It is the second await of a
    coroutine. map would give a Single inside a Single, and blockingGet would stop the
    thread.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E06Chain.weatherOf("peru", name -> calls.get(name + "!")), clock),
        "2.0 PERU!!");
    Expect.equal(List.of("peru!", "PERU!!"), calls.started(), "the calls");
  }
}
