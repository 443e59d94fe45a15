package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.exercises.E20Hedge;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E20Hedge}. */
public final class E20HedgeCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    delaySubscription starts the second call later, and amb never starts it if the first
    is faster. delay would start it at once and hold back its answer.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E20Hedge.hedged(calls.get("slow"), calls.get("b"), clock), clock), "1.5 B");
    TestScheduler other = new TestScheduler();
    Calls spared = new Calls(other);
    Single<String> quick = Single.just("A").delay(200, MILLISECONDS, other);
    Expect.lines(Timeline.of(E20Hedge.hedged(quick, spared.get("b"), other), other), "0.2 A");
    Expect.equal(List.of(), spared.started(), "second calls although the first has answered");
  }
}
