package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.exercises.E16Backoff;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Checks {@link E16Backoff}. */
public final class E16BackoffCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    retryWhen gives you the errors. For each error, emit a value when the next attempt may
    start, or an error to give up. zipWith(range) numbers them, and flatMap(wait -> wait)
    waits.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    List<Long> starts = new ArrayList<>();
    Single<String> call =
        Single.defer(
            () -> {
              starts.add(clock.now(SECONDS));
              return Single.error(new IOException("no " + starts.size()));
            });
    Expect.lines(
        Timeline.of(E16Backoff.patient(call, clock), clock), "7.0 java.io.IOException: no 4");
    Expect.equal(List.of(0L, 1L, 3L, 7L), starts, "seconds at which attempts start");
  }
}
