package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E22Finally;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks {@link E22Finally}. */
public final class E22FinallyCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    doOnSuccess sees a value only, doOnTerminate also an error. doFinally runs once in all
    three cases.\
    """;
  }

  @Override
  public void run() {
    AtomicInteger cleaned = new AtomicInteger();
    E22Finally.tidy(Single.just("value"), cleaned::incrementAndGet).test().assertValue("value");
    Expect.equal(1, cleaned.get(), "clean-ups after a value");
    IOException error = new IOException("no");
    E22Finally.tidy(Single.error(error), cleaned::incrementAndGet).test().assertError(error);
    Expect.equal(2, cleaned.get(), "clean-ups after an error as well");
    E22Finally.tidy(Single.never(), cleaned::incrementAndGet).test().dispose();
    Expect.equal(3, cleaned.get(), "clean-ups after a cancellation as well");
  }
}
