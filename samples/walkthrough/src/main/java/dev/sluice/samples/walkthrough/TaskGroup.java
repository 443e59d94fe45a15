package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Structured concurrency: no child outlives the scope that started it. */
@Command(
    name = "taskgroup",
    description = "Structured concurrency: all children end with their scope.")
public final class TaskGroup extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new TaskGroup(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("all succeed", context, TaskGroup::allSucceed),
        WorkLog.scene("one fails", context, TaskGroup::oneFails),
        WorkLog.scene("the scope is cancelled", context, TaskGroup::timeout),
        WorkLog.scene("the first result is enough", context, TaskGroup::first));
  }

  /** {@code async with TaskGroup()}: the scope ends when its last child has ended. */
  private static Completable allSucceed(WorkLog log) {
    return group(List.of(log.work("A", 3), log.work("B", 1), log.work("C", 2)))
        .ignoreElements()
        .doOnComplete(() -> log.print("scope ends"));
  }

  /** The first failure cancels the other children and is the error of the scope. */
  private static Completable oneFails(WorkLog log) {
    return log.printError(
        group(List.of(log.work("A", 3), log.failing("B", 1), log.work("C", 2))).ignoreElements());
  }

  /** A timeout of the scope cancels all its children. */
  private static Completable timeout(WorkLog log) {
    return log.printError(
        group(List.of(log.work("A", 3), log.work("B", 1), log.work("C", 2)))
            .ignoreElements()
            .timeout(
                1500,
                MILLISECONDS,
                log.loop(),
                Completable.error(() -> new TimeoutException("timed out"))));
  }

  /** {@code curio.TaskGroup(wait=any)}: the first result cancels the other children. */
  private static Completable first(WorkLog log) {
    return group(List.of(log.work("A", 3), log.work("B", 1), log.work("C", 2)))
        .firstOrError()
        .doOnSuccess(result -> log.print("first: " + result))
        .ignoreElement();
  }

  /** Emits results in completion order. flatMap disposes the others in subscription order. */
  private static Flowable<String> group(List<Single<String>> children) {
    return Flowable.fromIterable(children).flatMap(Single::toFlowable, children.size());
  }
}
