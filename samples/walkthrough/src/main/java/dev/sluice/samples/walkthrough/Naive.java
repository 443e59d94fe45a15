package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import picocli.CommandLine.Command;

/**
 * Coroutines that are awaited one after another are not concurrent, although each of them is
 * asynchronous. {@code andThen} and {@code concatMap} subscribe to the next only after the previous
 * has ended; tasks, {@code merge} and {@code flatMap} run at once.
 */
@Command(
    name = "naive",
    description = "Work awaited one after another, 3 s, and the same as two tasks, 2 s.")
public final class Naive extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Naive(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("await A; await B", context, Naive::inTurn),
        WorkLog.scene("[await work(name) for name in names]", context, Naive::comprehension),
        WorkLog.scene("two tasks", context, Naive::twoTasks));
  }

  private static Completable inTurn(WorkLog log) {
    return log.work("A", 1).ignoreElement().andThen(log.work("B", 2).ignoreElement());
  }

  private static Completable comprehension(WorkLog log) {
    return Flowable.just("A", "B")
        .concatMapSingle(name -> log.work(name, 1))
        .toList()
        .doOnSuccess(results -> log.print("results: " + results))
        .ignoreElement();
  }

  /** Both tasks run while the first one is awaited. {@code a.mergeWith(b)} does the same. */
  private static Completable twoTasks(WorkLog log) {
    Task<String> a = log.createTask("A", 1);
    Task<String> b = log.createTask("B", 2);
    return a.result().ignoreElement().andThen(b.result().ignoreElement());
  }
}
