package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E18TimeoutOverAll;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E18TimeoutOverAll}. */
public final class E18TimeoutOverAllCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Two time limits in turn are not concurrent. Make one Single of both calls with zip,
    then put the timeout around it.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E18TimeoutOverAll.both(calls.get("a"), calls.get("b"), clock), clock),
        "1.0 A+B");
    TestScheduler other = new TestScheduler();
    Calls late = new Calls(other);
    List<String> lines =
        Timeline.of(E18TimeoutOverAll.both(late.get("slow1"), late.get("slow2"), other), other);
    Expect.that(
        lines.toString().startsWith("[1.5 "), "expected an error at 1.5 s, but was " + lines);
    Expect.equal(List.of("slow1", "slow2"), late.cancelled(), "cancelled calls");
  }
}
