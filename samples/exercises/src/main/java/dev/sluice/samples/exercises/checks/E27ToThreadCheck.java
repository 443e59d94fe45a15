package dev.sluice.samples.exercises.checks;

import dev.sluice.samples.exercises.E27ToThread;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Checks {@link E27ToThread}. */
public final class E27ToThreadCheck implements ExerciseCheck {
  @Override
  public String lesson() {
    return """
    subscribeOn decides where the source runs. observeOn moves only what follows it: the
    blocking call would stay on the thread that subscribes.\
    """;
  }

  @Override
  public void run() {
    ExecutorService disk = Executors.newSingleThreadExecutor(task -> new Thread(task, "disk-1"));
    try {
      Callable<String> read = () -> Thread.currentThread().getName();
      Single<String> answer = E27ToThread.inBackground(read, Schedulers.from(disk));
      Expect.equal("disk-1", answer.blockingGet(), "the thread of the blocking call");
    } finally {
      disk.shutdown();
    }
  }
}
