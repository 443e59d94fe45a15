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
public final class Waiting extends TimedSample {
  public static void main(String... args) {
    Main.sample("waiting", args);
  }

  @Override
  Completable run(Stage stage) {
    return Completable.concatArray(
        Timeline.scene("await", stage, Waiting::await),
        Timeline.scene("create_task, cancel", stage, Waiting::cancel),
        Timeline.scene("create_task, cancel at once", stage, Waiting::cancelAtOnce),
        Timeline.scene("gather", stage, Waiting::gather),
        Timeline.scene("gather, one fails", stage, Waiting::gatherFailing),
        Timeline.scene("gather(return_exceptions=True)", stage, Waiting::returnExceptions),
        Timeline.scene("wait_for(timeout=1)", stage, Waiting::waitFor),
        Timeline.scene("as_completed(timeout=2)", stage, Waiting::asCompleted),
        Timeline.scene("wait(FIRST_COMPLETED)", stage, Waiting::firstCompleted),
        Timeline.scene("wait(FIRST_EXCEPTION)", stage, Waiting::firstException),
        Timeline.scene("wait(ALL_COMPLETED)", stage, Waiting::allCompleted));
  }

  private static Completable await(Timeline line) {
    return line.work("A", 1).doOnSuccess(a -> line.log("awaited: " + a)).ignoreElement();
  }

  private static Completable cancel(Timeline line) {
    Task<String> a = line.start("A", 2);
    return line.sleep(1).doOnComplete(a::cancel).andThen(line.caught(a.result().ignoreElement()));
  }

  /** Cancelled before its first turn, it never starts. */
  private static Completable cancelAtOnce(Timeline line) {
    Task<String> a = line.start("A", 2);
    a.cancel();
    return line.caught(a.result().ignoreElement());
  }

  /** The results come in the order of the works, however long each takes. */
  private static Completable gather(Timeline line) {
    return gathered(line, List.of(line.work("A", 2), line.work("B", 1)));
  }

  /** Raises at once, and the others keep running: zip leaves them, and tasks do not mind. */
  private static Completable gatherFailing(Timeline line) {
    Task<String> a = line.start("A", 3);
    Task<String> b = line.startFailing("B", 1);
    Task<String> c = line.start("C", 2);
    return line.caught(Single.zip(a.result(), b.result(), c.result(), List::of).ignoreElement())
        .andThen(line.sleep(3));
  }

  /** A failure is a result like the others; in a Sluice pipeline it always is. */
  private static Completable returnExceptions(Timeline line) {
    Single<String> b = line.failing("B", 1).onErrorReturn(Throwable::getMessage);
    return gathered(line, List.of(line.work("A", 3), b, line.work("C", 2)));
  }

  /** Cancels the work, and then raises. */
  private static Completable waitFor(Timeline line) {
    return line.caught(
        line.work("A", 2)
            .timeout(1, SECONDS, line.loop(), Single.error(Waiting::timedOut))
            .ignoreElement());
  }

  /** One timeout for all of them, which cancels none. */
  private static Completable asCompleted(Timeline line) {
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

  private static Completable firstCompleted(Timeline line) {
    return wait(
        line, task -> true, List.of(line.start("A", 3), line.start("B", 1), line.start("C", 2)));
  }

  private static Completable firstException(Timeline line) {
    return wait(
        line,
        Task::hasFailed,
        List.of(line.start("A", 3), line.start("B", 1), line.startFailing("C", 2)));
  }

  private static Completable allCompleted(Timeline line) {
    return wait(
        line,
        task -> false,
        List.of(line.start("A", 2), line.startFailing("B", 1), line.start("C", 1.5)));
  }

  private static Completable gathered(Timeline line, List<Single<String>> works) {
    return Flowable.fromIterable(works)
        .concatMapEager(Single::toFlowable)
        .toList()
        .doOnSuccess(results -> line.log("gathered: " + results))
        .ignoreElement();
  }

  /** Waits until one is enough, or all are done; it cancels nothing and raises nothing. */
  private static Completable wait(
      Timeline line, Predicate<Task<?>> enough, List<Task<String>> tasks) {
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
