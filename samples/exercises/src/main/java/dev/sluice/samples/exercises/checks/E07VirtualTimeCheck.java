package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.sluice.samples.exercises.E07VirtualTime;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E07VirtualTime}. */
public final class E07VirtualTimeCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    A TestScheduler stands still until advanceTimeBy(90, MINUTES). Timers that are due run
    inside that call, on your thread. All exercises are checked this way.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Single<String> slow = Single.timer(90, MINUTES, clock).map(time -> "done");
    Expect.equal("done", E07VirtualTime.answerOf(slow, clock), "the answer");
    Expect.equal(90L, clock.now(MINUTES), "minutes on the clock");
  }
}
