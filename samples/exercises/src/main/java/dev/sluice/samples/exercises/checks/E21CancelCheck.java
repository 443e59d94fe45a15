package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.exercises.E21Cancel;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks {@link E21Cancel}. */
public final class E21CancelCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    takeUntil(other) completes as soon as the other stream emits, and disposes the source.
    It is how Ctrl-C, a deadline or a closed window ends a run.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    AtomicBoolean cancelled = new AtomicBoolean();
    Flowable<Long> ticks =
        Flowable.interval(1, SECONDS, clock).doOnCancel(() -> cancelled.set(true));
    Flowable<String> pressed = Flowable.just("pressed").delay(4500, MILLISECONDS, clock);
    Expect.lines(
        Timeline.of(E21Cancel.untilPressed(ticks, pressed), clock),
        "1.0 0",
        "2.0 1",
        "3.0 2",
        "4.0 3",
        "4.5 completed");
    Expect.that(cancelled.get(), "the ticks were not cancelled");
  }
}
