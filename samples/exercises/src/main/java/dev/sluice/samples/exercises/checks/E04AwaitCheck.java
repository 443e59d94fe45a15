package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E04Await;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Checks {@link E04Await}. */
public final class E04AwaitCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    An operator such as doOnSuccess returns a new stream and runs nothing.
    subscribe(onSuccess, onError) starts the work, as await does.\
    """;
  }

  @Override
  public void run() {
    List<String> heard = new ArrayList<>();
    Disposable first = E04Await.listen(Single.just(42), heard);
    Expect.equal(List.of("value 42"), heard, "heard of a value");
    heard.clear();
    Disposable second = E04Await.listen(Single.error(new IOException("no line")), heard);
    Expect.that(first.isDisposed() && second.isDisposed(), "a subscription has not ended");
    Expect.equal(List.of("error no line"), heard, "heard of an error");
  }
}
