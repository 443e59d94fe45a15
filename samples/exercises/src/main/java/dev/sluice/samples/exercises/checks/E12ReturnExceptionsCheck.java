package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E12ReturnExceptions;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E12ReturnExceptions}. */
public final class E12ReturnExceptionsCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    An error ends the stream it is in. Outside of flatMap that is the whole run, so catch
    it inside, where the stream is one call.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Expect.lines(
        Timeline.of(E12ReturnExceptions.all(Flowable.just("bad", "br", "slow"), calls::get), clock),
        "1.0 error: no bad",
        "1.0 BR",
        "10.0 SLOW",
        "10.0 completed");
  }
}
