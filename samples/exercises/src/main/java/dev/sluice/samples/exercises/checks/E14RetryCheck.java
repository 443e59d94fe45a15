package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E14Retry;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks {@link E14Retry}. */
public final class E14RetryCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    retry(n) subscribes again up to n times. The first attempt is not counted.\
    """;
  }

  @Override
  public void run() {
    AtomicInteger attempts = new AtomicInteger();
    Single<String> never =
        Single.defer(() -> Single.error(new IOException("no " + attempts.incrementAndGet())));
    Expect.lines(
        Timeline.of(E14Retry.persistent(never), new TestScheduler()),
        "0.0 java.io.IOException: no 3");
    Single<String> third =
        Single.fromCallable(() -> attempts.incrementAndGet() % 3 == 0 ? "yes" : fail());
    Expect.lines(Timeline.of(E14Retry.persistent(third), new TestScheduler()), "0.0 yes");
  }

  private static String fail() throws IOException {
    throw new IOException("not yet");
  }
}
