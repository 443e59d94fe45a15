package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Predicate;
import java.util.List;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** The ways to wait in asyncio: what each of them cancels, and what keeps running. */
@Command(
    name = "waiting",
    description = "The ways to wait in asyncio: what each cancels, and what keeps running.")
public final class Waiting extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Waiting(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("await", context, Waiting::await),
        WorkLog.scene("create_task, cancel", context, Waiting::cancel),
        WorkLog.scene("create_task, cancel at once", context, Waiting::cancelAtOnce),
        WorkLog.scene("gather", context, Waiting::gather),
        WorkLog.scene("gather, one fails", context, Waiting::gatherFailing),
        WorkLog.scene("gather(return_exceptions=True)", context, Waiting::returnExceptions),
        WorkLog.scene("wait_for(timeout=1)", context, Waiting::waitFor),
        WorkLog.scene("as_completed(timeout=2)", context, Waiting::asCompleted),
        WorkLog.scene("wait(FIRST_COMPLETED)", context, Waiting::firstCompleted),
        WorkLog.scene("wait(FIRST_EXCEPTION)", context, Waiting::firstException),
        WorkLog.scene("wait(ALL_COMPLETED)", context, Waiting::allCompleted));
  }

  private static Completable await(WorkLog log) {
    return log.work("A", 1).doOnSuccess(a -> log.print("awaited: " + a)).ignoreElement();
  }

  private static Completable cancel(WorkLog log) {
    Task<String> a = log.createTask("A", 2);
    return log.sleep(1).doOnComplete(a::cancel).andThen(log.printError(a.result().ignoreElement()));
  }

  /** A task that is cancelled before the event loop runs it never starts. */
  private static Completable cancelAtOnce(WorkLog log) {
    Task<String> a = log.createTask("A", 2);
    a.cancel();
    return log.printError(a.result().ignoreElement());
  }

  /** Results come in the order of the arguments, not of completion. */
  private static Completable gather(WorkLog log) {
    return gathered(log, List.of(log.work("A", 2), log.work("B", 1)));
  }

  /**
   * The first error is raised at once, and the other tasks keep running: {@code zip} disposes its
   * subscriptions, which does not stop a task.
   */
  private static Completable gatherFailing(WorkLog log) {
    Task<String> a = log.createTask("A", 3);
    Task<String> b = log.createFailingTask("B", 1);
    Task<String> c = log.createTask("C", 2);
    return log.printError(Single.zip(a.result(), b.result(), c.result(), List::of).ignoreElement())
        .andThen(log.sleep(3));
  }

  /** A failure is a result. In a Sluice pipeline it always is: an {@code Outcome.Failure}. */
  private static Completable returnExceptions(WorkLog log) {
    Single<String> b = log.failing("B", 1).onErrorReturn(Throwable::getMessage);
    return gathered(log, List.of(log.work("A", 3), b, log.work("C", 2)));
  }

  /** Cancels the work, then raises. */
  private static Completable waitFor(WorkLog log) {
    return log.printError(
        log.work("A", 2)
            .timeout(1, SECONDS, log.loop(), Single.error(Waiting::timedOut))
            .ignoreElement());
  }

  /** One timeout for all tasks, which cancels none of them. */
  private static Completable asCompleted(WorkLog log) {
    Task<String> a = log.createTask("A", 3);
    Task<String> b = log.createTask("B", 1);
    Task<String> c = log.createTask("C", 1.5);
    Completable timeout = log.sleep(2).andThen(Completable.error(Waiting::timedOut));
    return log.printError(
            Single.merge(a.result(), b.result(), c.result())
                .doOnNext(result -> log.print("completed: " + result))
                .takeUntil(timeout.toFlowable())
                .ignoreElements())
        .andThen(log.sleep(2));
  }

  private static Completable firstCompleted(WorkLog log) {
    return wait(
        log,
        task -> true,
        List.of(log.createTask("A", 3), log.createTask("B", 1), log.createTask("C", 2)));
  }

  private static Completable firstException(WorkLog log) {
    return wait(
        log,
        Task::hasFailed,
        List.of(log.createTask("A", 3), log.createTask("B", 1), log.createFailingTask("C", 2)));
  }

  private static Completable allCompleted(WorkLog log) {
    return wait(
        log,
        task -> false,
        List.of(log.createTask("A", 2), log.createFailingTask("B", 1), log.createTask("C", 1.5)));
  }

  private static Completable gathered(WorkLog log, List<Single<String>> work) {
    return Flowable.fromIterable(work)
        .concatMapEager(Single::toFlowable)
        .toList()
        .doOnSuccess(results -> log.print("gathered: " + results))
        .ignoreElement();
  }

  /** Waits for a task that is enough, or for all. Cancels nothing and raises nothing. */
  private static Completable wait(
      WorkLog log, Predicate<Task<?>> enough, List<Task<String>> tasks) {
    return Flowable.fromIterable(tasks)
        .flatMapSingle(Task::done)
        .takeUntil(enough)
        .ignoreElements()
        .doOnComplete(
            () -> log.print("done: " + named(tasks, true) + ", pending: " + named(tasks, false)))
        .andThen(log.sleep(2));
  }

  private static List<String> named(List<Task<String>> tasks, boolean done) {
    return tasks.stream().filter(task -> task.isDone() == done).map(Task::name).toList();
  }

  private static TimeoutException timedOut() {
    return new TimeoutException("timed out");
  }
}
