package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Two workers share a queue of tasks, in four versions. Only in the last do their waits overlap.
 */
@Command(
    name = "workqueue",
    description = "Two workers and tasks of 15, 10, 5 and 2: from synchronous to non-blocking.")
public final class WorkQueue extends TimeScaledCommand {
  /** How a worker does a task. */
  enum Version {
    V1,
    V2,
    V3,
    V4
  }

  @Parameters(
      paramLabel = "v1..v4",
      description = "v1 synchronous, v2 cooperative, v3 with blocking delays, v4 non-blocking.")
  @SuppressWarnings("NullAway.Init")
  private Version version;

  public static void main(String... args) {
    launch(new WorkQueue(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return run(version, context);
  }

  static Completable run(Version version, SampleContext context) {
    return Completable.defer(
        () -> {
          Workers workers = new Workers(context, new ArrayDeque<>(List.of(15, 10, 5, 2)));
          return context.timed(
              "total",
              workers
                  .run(version)
                  .doOnSubscribe(d -> context.trace(MarbleDiagram.TITLE + version)));
        });
  }

  private record Workers(SampleContext context, Queue<Integer> tasks) {
    Completable run(Version version) {
      return switch (version) {
        case V1 -> worker("One", this::count).andThen(worker("Two", this::count));
        case V2 -> both(this::countCooperatively);
        case V3 -> both(this::block);
        case V4 -> both(seconds -> Completable.timer(seconds, SECONDS, context.loop()));
      };
    }

    private Completable both(IntFunction<Completable> work) {
      return worker("One", work).mergeWith(worker("Two", work));
    }

    private Completable worker(String name, IntFunction<Completable> work) {
      return Completable.defer(
          () -> {
            if (tasks.isEmpty()) {
              context.print(name + " finds nothing to do");
            }
            return remainingTasks(name, work);
          });
    }

    /** {@code await sleep(0)} before each task: {@code subscribeOn} queues it on the event loop. */
    private Completable remainingTasks(String name, IntFunction<Completable> work) {
      return Completable.defer(
              () -> {
                Integer task = tasks.poll();
                return task == null
                    ? Completable.complete()
                    : timed(name, task, work).andThen(remainingTasks(name, work));
              })
          .subscribeOn(context.loop());
    }

    private Completable timed(String name, int task, IntFunction<Completable> work) {
      context.print(name + " starts " + task);
      var elapsed = context.stopwatch();
      return work.apply(task)
          .doOnComplete(
              () ->
                  context.print(
                      String.format(Locale.ROOT, "%s ends %d after %s", name, task, elapsed)));
    }

    private Completable count(int task) {
      return increment(new AtomicInteger()).repeat(task);
    }

    /** {@code yield} in a generator: other work on the event loop may run between two steps. */
    private Completable countCooperatively(int task) {
      return increment(new AtomicInteger()).subscribeOn(context.loop()).repeat(task);
    }

    private Completable increment(AtomicInteger total) {
      return Completable.fromAction(total::incrementAndGet);
    }

    private Completable block(int seconds) {
      return Completable.fromAction(() -> context.sleep(seconds));
    }
  }
}
