package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E32Latest;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;

/** Checks {@link E32Latest}. */
public final class E32LatestCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    A source that cannot wait needs a strategy: keep all (onBackpressureBuffer, memory
    without bound), drop the new ones (onBackpressureDrop), or keep the newest
    (onBackpressureLatest).\
    """;
  }

  @Override
  public void run() {
    PublishProcessor<Integer> sensor = PublishProcessor.create();
    TestSubscriber<Integer> slow = E32Latest.latest(sensor).test(1);
    for (int reading = 1; reading <= 1000; reading++) {
      sensor.onNext(reading);
    }
    slow.request(2);
    sensor.onComplete();
    Expect.equal(List.of(1, 1000), slow.values(), "readings");
    slow.assertComplete();
  }
}
