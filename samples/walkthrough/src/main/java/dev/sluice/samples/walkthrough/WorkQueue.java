package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Two workers over one queue, in four versions: only in the last one do their waits overlap. */
@Command(
    name = "workqueue",
    description = "Two workers over tasks of 15, 10, 5 and 2: from synchronous to non-blocking.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class WorkQueue extends TimeScaledCommand {
  /** How a task is done. */
  enum Version {
    V1,
    V2,
    V3,
    V4
  }

  @Parameters(
      paramLabel = "v1..v4",
      description = "v1 synchronous, v2 in turns, v3 with blocking delays, v4 non-blocking.")
  @SuppressWarnings("NullAway.Init")
  private Version version;

  public static void main(String... args) {
    Main.sample("workqueue", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return run(version, stage);
  }

  static Completable run(Version version, SampleContext stage) {
    return Completable.defer(
        () -> {
          var run = new Run(stage, new ArrayDeque<>(List.of(15, 10, 5, 2)));
          var elapsed = stage.stopwatch();
          return run.of(version).doOnComplete(() -> stage.say("in all: " + elapsed));
        });
  }

  private record Run(SampleContext stage, Queue<Integer> tasks) {
    Completable of(Version version) {
      return switch (version) {
        case V1 -> worker("One", this::count).andThen(worker("Two", this::count));
        case V2 -> both(this::countInTurns);
        case V3 -> both(this::block);
        case V4 -> both(seconds -> Completable.timer(seconds, SECONDS, stage.clock()));
      };
    }

    private Completable both(IntFunction<Completable> work) {
      return worker("One", work).mergeWith(worker("Two", work));
    }

    private Completable worker(String name, IntFunction<Completable> work) {
      return Completable.defer(
          () -> {
            if (tasks.isEmpty()) {
              stage.say(name + " finds nothing to do");
            }
            return oneByOne(name, work);
          });
    }

    /** Takes the next task only in a turn of its own: who blocks keeps the other from its turn. */
    private Completable oneByOne(String name, IntFunction<Completable> work) {
      return Completable.defer(
              () -> {
                Integer task = tasks.poll();
                return task == null
                    ? Completable.complete()
                    : timed(name, task, work).andThen(oneByOne(name, work));
              })
          .subscribeOn(stage.clock());
    }

    private Completable timed(String name, int task, IntFunction<Completable> work) {
      stage.say(name + " starts " + task);
      var elapsed = stage.stopwatch();
      return work.apply(task)
          .doOnComplete(() -> stage.say("%s ends %d after %s".formatted(name, task, elapsed)));
    }

    private Completable count(int task) {
      return countOne(new AtomicInteger()).repeat(task);
    }

    /** {@code yield} in a generator: after each step it is somebody else's turn. */
    private Completable countInTurns(int task) {
      return countOne(new AtomicInteger()).subscribeOn(stage.clock()).repeat(task);
    }

    private Completable countOne(AtomicInteger total) {
      return Completable.fromAction(total::incrementAndGet);
    }

    private Completable block(int seconds) {
      return Completable.fromAction(() -> stage.sleep(seconds));
    }
  }
}
