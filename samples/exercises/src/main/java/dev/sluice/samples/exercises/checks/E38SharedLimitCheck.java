package dev.sluice.samples.exercises.checks;

import dev.sluice.Limiter;
import dev.sluice.samples.exercises.E38SharedLimit;
import dev.sluice.samples.exercises.runner.Calls;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;

/** Checks {@link E38SharedLimit}. */
public final class E38SharedLimitCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    The number in flatMap bounds one stream: two of them have twice as many calls in
    flight. A Limiter is a value: limiter.permit(call) waits for a permit, and gives it
    back when the call ends.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    Calls calls = new Calls(clock);
    Limiter limiter = Limiter.of(3);
    Flowable<String> six = Flowable.range(1, 6).map(i -> "name" + i);
    List<String> lines = Timeline.of(E38SharedLimit.both(six, six, calls::get, limiter), clock);
    Expect.equal(3, calls.peak(), "calls at the same time");
    Expect.equal("4.0 completed", lines.get(lines.size() - 1), "the end");
    Expect.equal(0, limiter.inFlight(), "permits that did not come back");
    Calls others = new Calls(clock);
    TestObserver<?> holder = limiter.permit(Single.never()).test();
    Timeline.of(E38SharedLimit.both(six, six, others::get, limiter), clock);
    Expect.equal(2, others.peak(), "calls at the same time while a permit is out");
    holder.dispose();
  }
}
