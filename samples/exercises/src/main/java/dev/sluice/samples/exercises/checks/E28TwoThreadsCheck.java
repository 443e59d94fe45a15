package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E28TwoThreads;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Checks {@link E28TwoThreads}. */
public final class E28TwoThreadsCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    observeOn moves the operators below it to another thread. A map above it stays on the
    thread of the source.\
    """;
  }

  @Override
  public void run() {
    ExecutorService network =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "network"));
    ExecutorService disk = Executors.newSingleThreadExecutor(task -> new Thread(task, "disk"));
    try {
      Single<String> saved =
          E28TwoThreads.fetchAndSave(
              () -> "fetched on " + Thread.currentThread().getName(),
              fetched -> fetched + ", saved on " + Thread.currentThread().getName(),
              Schedulers.from(network),
              Schedulers.from(disk));
      Expect.equal("fetched on network, saved on disk", saved.blockingGet(), "the threads");
    } finally {
      network.shutdown();
      disk.shutdown();
    }
  }
}
