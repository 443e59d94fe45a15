package dev.sluice.samples.exercises.checks;

import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.samples.exercises.E37Policy;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/** Checks {@link E37Policy}. */
public final class E37PolicyCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    Three attempts of 2 s and two waits of 1 s are 8 s. withAttemptTimeout starts with the
    permit, and Retry.upTo(3).withBackoff(Backoff.fixed(…)) waits without one.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Policy policy = E37Policy.policy(clock);
    Expect.equal(3, policy.limiter().limit(), "the limit");
    Flowable<Integer> attempts =
        Pipeline.<String, String>of(policy, key -> Maybe.never())
            .runAll(Flowable.just("br"))
            .map(
                outcome ->
                    outcome instanceof Failure<String, String> failure ? failure.attempts() : 0);
    Expect.lines(Timeline.of(attempts, clock), "8.0 3", "8.0 completed");
  }
}
