package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E11Semaphore;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E11Semaphore}. */
public final class E11SemaphoreCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    The last argument of flatMapSingle(get, delayErrors, maxConcurrency) is the semaphore.
    Without it there is no bound at all: Integer.MAX_VALUE.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Flowable<String> names = Flowable.range(1, 12).map(i -> "name" + i);
    List<String> lines = Timeline.of(E11Semaphore.bounded(names, calls::get), clock);
    Expect.equal(3, calls.peak(), "calls at the same time");
    Expect.equal("4.0 completed", lines.get(lines.size() - 1), "the end");
    Expect.equal(12, calls.started().size(), "calls");
  }
}
