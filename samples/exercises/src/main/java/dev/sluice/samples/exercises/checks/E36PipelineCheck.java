package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Work;
import dev.sluice.samples.exercises.E36Pipeline;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.Timeline;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks {@link E36Pipeline}. */
public final class E36PipelineCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    flatMapMaybe drops what is not found, and its first error ends the run.
    Pipeline.of(policy, work) makes a value of each: Outcome is a sealed interface of
    Success, NotFound and Failure.\
    """;
  }

  @Override
  public void run() {
    TestScheduler clock = new TestScheduler();

    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    Work<String, Integer> work =
        key ->
            Maybe.timer(1, SECONDS, clock)
                .doOnSubscribe(s -> peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
                .doOnTerminate(inFlight::decrementAndGet)
                .flatMap(time -> answer(key));
    Flowable<String> kinds =
        E36Pipeline.run(Flowable.just("br", "no", "bad", "in"), work)
            .map(outcome -> outcome.key() + " " + outcome.getClass().getSimpleName());
    Expect.lines(
        Timeline.of(kinds, clock),
        "1.0 br Success",
        "1.0 no NotFound",
        "2.0 bad Failure",
        "2.0 in Success",
        "2.0 completed");
    Expect.equal(2, peak.get(), "attempts at the same time");
  }

  private static Maybe<Integer> answer(String key) {
    return switch (key) {
      case "no" -> Maybe.empty();
      case "bad" -> Maybe.error(new IOException("no line"));
      default -> Maybe.just(key.length());
    };
  }
}
