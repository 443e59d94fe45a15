package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E25Future;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Checks {@link E25Future}. */
public final class E25FutureCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    fromCompletionStage takes a future that runs already, and does not cancel it.
    Single.create starts one for each subscriber; setCancellable cancels it.\
    """;
  }

  @Override
  public void run() {
    List<CompletableFuture<String>> started = new ArrayList<>();
    Single<String> single =
        E25Future.of(
            () -> {
              started.add(new CompletableFuture<>());
              return started.get(started.size() - 1);
            });
    Expect.equal(0, started.size(), "futures before the subscription");
    var first = single.test();
    Expect.equal(1, started.size(), "futures after the subscription");
    started.get(0).complete("yes");
    first.assertValue("yes");
    single.test().dispose();
    Expect.that(started.get(1).isCancelled(), "dispose() did not cancel the future");
    var failed = single.test();
    started.get(2).completeExceptionally(new IOException("no"));
    failed.assertError(IOException.class);
  }
}
