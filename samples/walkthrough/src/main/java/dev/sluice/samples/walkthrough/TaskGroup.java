package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Structured concurrency: nothing that a scope has started outlives it. */
@Command(
    name = "taskgroup",
    description = "Structured concurrency: all children end with their scope.",
    mixinStandardHelpOptions = true)
public final class TaskGroup extends TimeScaledCommand {
  public static void main(String... args) {
    Main.sample("taskgroup", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.concatArray(
        WorkLog.scene("all succeed", stage, TaskGroup::allSucceed),
        WorkLog.scene("one fails", stage, TaskGroup::oneFails),
        WorkLog.scene("the scope is cancelled", stage, TaskGroup::timeout),
        WorkLog.scene("the first result is enough", stage, TaskGroup::first));
  }

  /** {@code async with TaskGroup()}: the scope ends with the last of them. */
  private static Completable allSucceed(WorkLog line) {
    return group(List.of(line.work("A", 3), line.work("B", 1), line.work("C", 2)))
        .ignoreElements()
        .doOnComplete(() -> line.log("scope ends"));
  }

  /** One failure cancels the rest, and goes on to whoever waits for the scope. */
  private static Completable oneFails(WorkLog line) {
    return line.caught(
        group(List.of(line.work("A", 3), line.failing("B", 1), line.work("C", 2)))
            .ignoreElements());
  }

  /** What ends a scope from outside ends all that is in it. */
  private static Completable timeout(WorkLog line) {
    return line.caught(
        group(List.of(line.work("A", 3), line.work("B", 1), line.work("C", 2)))
            .ignoreElements()
            .timeout(
                1500,
                MILLISECONDS,
                line.loop(),
                Completable.error(() -> new TimeoutException("timed out"))));
  }

  /** {@code curio.TaskGroup(wait=any)}: the first result cancels the rest. */
  private static Completable first(WorkLog line) {
    return group(List.of(line.work("A", 3), line.work("B", 1), line.work("C", 2)))
        .firstOrError()
        .doOnSuccess(result -> line.log("first: " + result))
        .ignoreElement();
  }

  /** The results as they come; of its children the scope cancels the oldest first. */
  private static Flowable<String> group(List<Single<String>> children) {
    return Flowable.fromIterable(children).flatMap(Single::toFlowable, children.size());
  }
}
