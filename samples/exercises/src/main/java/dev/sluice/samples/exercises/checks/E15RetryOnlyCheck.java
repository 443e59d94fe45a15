package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E15RetryOnly;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks {@link E15RetryOnly}. */
public final class E15RetryOnlyCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    retry(times, predicate) asks the predicate whether the error is worth another attempt.\
    """;
  }

  @Override
  public void run() {
    Expect.equal(3, attempts(new IOException("no line")), "attempts after an IOException");
    Expect.equal(1, attempts(new IllegalStateException("bug")), "attempts after a bug");
  }

  private static int attempts(Exception error) {
    AtomicInteger attempts = new AtomicInteger();
    Single<String> call =
        Single.defer(
            () -> {
              attempts.incrementAndGet();
              return Single.error(error);
            });
    E15RetryOnly.persistent(call).test().assertError(error);
    return attempts.get();
  }
}
