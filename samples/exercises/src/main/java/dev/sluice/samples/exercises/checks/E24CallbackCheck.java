package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E24Callback;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Checks {@link E24Callback}. */
public final class E24CallbackCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    setCancellable tells the emitter how to cancel. tryOnError drops an error that has no
    subscriber any more, where onError would report it to RxJavaPlugins.onError.\
    """;
  }

  @Override
  public void run() {
    List<Consumer<Exception>> failures = new ArrayList<>();
    AtomicInteger cancelled = new AtomicInteger();
    E24Callback.Device silent =
        (onAnswer, onError) -> {
          failures.add(onError);
          return cancelled::incrementAndGet;
        };
    Single<String> asked = E24Callback.ask(silent);
    Expect.equal(0, failures.size(), "questions before the subscription");
    asked.test().dispose();
    Expect.equal(1, cancelled.get(), "questions cancelled by dispose()");
    failures.get(0).accept(new IOException("too late"));
    E24Callback.Device quick =
        (onAnswer, onError) -> {
          onAnswer.accept("yes");
          return () -> {};
        };
    E24Callback.ask(quick).test().assertValue("yes");
  }
}
