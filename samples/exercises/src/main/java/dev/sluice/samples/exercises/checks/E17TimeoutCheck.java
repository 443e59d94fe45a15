package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E17Timeout;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E17Timeout}. */
public final class E17TimeoutCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    timeout(3, SECONDS, clock) starts its timer on subscription, and disposes the call
    when it elapses.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(Timeline.of(E17Timeout.impatient(calls.get("br"), clock), clock), "1.0 BR");
    TestScheduler other = new TestScheduler();
    Calls slow = new Calls(other);
    List<String> late = Timeline.of(E17Timeout.impatient(slow.get("slow"), other), other);
    Expect.equal(1, late.size(), "signals of the slow call");
    Expect.that(
        late.get(0).startsWith("3.0 java.util.concurrent.TimeoutException"),
        "expected a TimeoutException at 3.0 s, but was " + late);
    Expect.equal(List.of("slow"), slow.cancelled(), "cancelled calls");
  }
}
