package dev.sluice.samples.walkthrough;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** A pluggable event loop: the same pipeline on whichever scheduler it is given. */
@Command(
    name = "loop",
    description = "The same four calls of 1 s on four schedulers: their threads and times.",
    mixinStandardHelpOptions = true)
public final class Loops extends TimeScaledCommand {
  private static final int CALLS = 4;

  public static void main(String... args) {
    Main.sample("loop", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.concatArray(
        on("bounded I/O", stage.io(), stage),
        on("computation", Schedulers.computation(), stage),
        on("single", Schedulers.single(), stage),
        VirtualThreadScheduler.scheduler()
            .map(scheduler -> on("virtual threads", scheduler, stage))
            .orElseGet(() -> withoutVirtualThreads(stage)));
  }

  /** Whatever the scheduler, the pipeline is the same. */
  private static Completable on(String name, Scheduler scheduler, SampleContext stage) {
    return Completable.defer(
        () -> {
          var elapsed = stage.stopwatch();
          return Flowable.range(1, CALLS)
              .flatMapSingle(i -> call(stage).subscribeOn(scheduler), false, CALLS)
              .collect(Collectors.toCollection(TreeSet::new))
              .doOnSuccess(threads -> stage.say("%s: %s on %s".formatted(name, elapsed, threads)))
              .ignoreElement();
        });
  }

  private static Single<String> call(SampleContext stage) {
    return Single.fromCallable(
        () -> {
          stage.sleep(1);
          return Thread.currentThread().getName();
        });
  }

  private static Completable withoutVirtualThreads(SampleContext stage) {
    return Completable.fromAction(
        () ->
            stage.say(
                "virtual threads: JDK %d has none, 21 and later have"
                    .formatted(Runtime.version().feature())));
  }
}
