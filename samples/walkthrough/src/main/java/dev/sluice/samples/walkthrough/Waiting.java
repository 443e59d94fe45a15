package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Predicate;
import java.util.List;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** The ways in which asyncio waits: what each of them cancels, and what goes on behind it. */
@Command(
    name = "waiting",
    description = "The ways in which asyncio waits: what each cancels, and what goes on.",
    mixinStandardHelpOptions = true)
public final class Waiting extends TimeScaledCommand {
  public static void main(String... args) {
    Main.sample("waiting", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.concatArray(
        WorkLog.scene("await", stage, Waiting::await),
        WorkLog.scene("create_task, cancel", stage, Waiting::cancel),
        WorkLog.scene("create_task, cancel at once", stage, Waiting::cancelAtOnce),
        WorkLog.scene("gather", stage, Waiting::gather),
        WorkLog.scene("gather, one fails", stage, Waiting::gatherFailing),
        WorkLog.scene("gather(return_exceptions=True)", stage, Waiting::returnExceptions),
        WorkLog.scene("wait_for(timeout=1)", stage, Waiting::waitFor),
        WorkLog.scene("as_completed(timeout=2)", stage, Waiting::asCompleted),
        WorkLog.scene("wait(FIRST_COMPLETED)", stage, Waiting::firstCompleted),
        WorkLog.scene("wait(FIRST_EXCEPTION)", stage, Waiting::firstException),
        WorkLog.scene("wait(ALL_COMPLETED)", stage, Waiting::allCompleted));
  }

  private static Completable await(WorkLog line) {
    return line.work("A", 1).doOnSuccess(a -> line.log("awaited: " + a)).ignoreElement();
  }

  private static Completable cancel(WorkLog line) {
    Task<String> a = line.start("A", 2);
    return line.sleep(1).doOnComplete(a::cancel).andThen(line.caught(a.result().ignoreElement()));
  }

  /** Cancelled before its first turn, it never starts. */
  private static Completable cancelAtOnce(WorkLog line) {
    Task<String> a = line.start("A", 2);
    a.cancel();
    return line.caught(a.result().ignoreElement());
  }

  /** The results come in the order of the works, however long each takes. */
  private static Completable gather(WorkLog line) {
    return gathered(line, List.of(line.work("A", 2), line.work("B", 1)));
  }

  /** Raises at once, and the others keep running: zip leaves them, and tasks do not mind. */
  private static Completable gatherFailing(WorkLog line) {
    Task<String> a = line.start("A", 3);
    Task<String> b = line.startFailing("B", 1);
    Task<String> c = line.start("C", 2);
    return line.caught(Single.zip(a.result(), b.result(), c.result(), List::of).ignoreElement())
        .andThen(line.sleep(3));
  }

  /** A failure is a result like the others; in a Sluice pipeline it always is. */
  private static Completable returnExceptions(WorkLog line) {
    Single<String> b = line.failing("B", 1).onErrorReturn(Throwable::getMessage);
    return gathered(line, List.of(line.work("A", 3), b, line.work("C", 2)));
  }

  /** Cancels the work, and then raises. */
  private static Completable waitFor(WorkLog line) {
    return line.caught(
        line.work("A", 2)
            .timeout(1, SECONDS, line.loop(), Single.error(Waiting::timedOut))
            .ignoreElement());
  }

  /** One timeout for all of them, which cancels none. */
  private static Completable asCompleted(WorkLog line) {
    Task<String> a = line.start("A", 3);
    Task<String> b = line.start("B", 1);
    Task<String> c = line.start("C", 1.5);
    Completable timeout = line.sleep(2).andThen(Completable.error(Waiting::timedOut));
    return line.caught(
            Single.merge(a.result(), b.result(), c.result())
                .doOnNext(result -> line.log("completed: " + result))
                .takeUntil(timeout.toFlowable())
                .ignoreElements())
        .andThen(line.sleep(2));
  }

  private static Completable firstCompleted(WorkLog line) {
    return wait(
        line, task -> true, List.of(line.start("A", 3), line.start("B", 1), line.start("C", 2)));
  }

  private static Completable firstException(WorkLog line) {
    return wait(
        line,
        Task::hasFailed,
        List.of(line.start("A", 3), line.start("B", 1), line.startFailing("C", 2)));
  }

  private static Completable allCompleted(WorkLog line) {
    return wait(
        line,
        task -> false,
        List.of(line.start("A", 2), line.startFailing("B", 1), line.start("C", 1.5)));
  }

  private static Completable gathered(WorkLog line, List<Single<String>> works) {
    return Flowable.fromIterable(works)
        .concatMapEager(Single::toFlowable)
        .toList()
        .doOnSuccess(results -> line.log("gathered: " + results))
        .ignoreElement();
  }

  /** Waits until one is enough, or all are done; it cancels nothing and raises nothing. */
  private static Completable wait(
      WorkLog line, Predicate<Task<?>> enough, List<Task<String>> tasks) {
    return Flowable.fromIterable(tasks)
        .flatMapSingle(Task::done)
        .takeUntil(enough)
        .ignoreElements()
        .doOnComplete(
            () -> line.log("done: " + named(tasks, true) + ", pending: " + named(tasks, false)))
        .andThen(line.sleep(2));
  }

  private static List<String> named(List<Task<String>> tasks, boolean done) {
    return tasks.stream().filter(task -> task.isDone() == done).map(Task::name).toList();
  }

  private static TimeoutException timedOut() {
    return new TimeoutException("timed out");
  }
}
