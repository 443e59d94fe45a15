package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E26SharedTask;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E26SharedTask}. */
public final class E26SharedTaskCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Every subscription to a cold Single is a call of its own. cache() subscribes once and
    replays the answer.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Single<String> shared = E26SharedTask.shared(calls.get("br"));
    Expect.equal(List.of(), calls.started(), "calls before the first subscription");
    Expect.lines(Timeline.of(Single.zip(shared, shared, (a, b) -> a + b), clock), "1.0 BRBR");
    Expect.equal(List.of("br"), calls.started(), "calls for two subscribers");
    Expect.equal("BR", shared.blockingGet(), "the answer for a late subscriber");
    Expect.equal(List.of("br"), calls.started(), "calls for three subscribers");
  }
}
