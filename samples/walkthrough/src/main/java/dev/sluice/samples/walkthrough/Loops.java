package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** asyncio lets a program replace its event loop; RxJava lets it pass another scheduler. */
@Command(
    name = "loop",
    description = "Four blocking calls of 1 s on four schedulers: their threads and times.")
public final class Loops extends TimeScaledCommand {
  private static final int CALLS = 4;

  public static void main(String... args) {
    launch(new Loops(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        on("bounded I/O", context.io(), context),
        on("computation", Schedulers.computation(), context),
        on("single", Schedulers.single(), context),
        VirtualThreadScheduler.create()
            .map(scheduler -> on("virtual threads", scheduler, context))
            .orElseGet(() -> withoutVirtualThreads(context)));
  }

  /** The pipeline is the same for every scheduler. */
  private static Completable on(String name, Scheduler scheduler, SampleContext context) {
    return Completable.defer(
        () -> {
          var elapsed = context.stopwatch();
          return Flowable.range(1, CALLS)
              .flatMapSingle(i -> call(context).subscribeOn(scheduler), false, CALLS)
              .collect(Collectors.toCollection(TreeSet::new))
              .doOnSuccess(threads -> context.print(name + ": " + elapsed + " on " + threads))
              .ignoreElement();
        });
  }

  private static Single<String> call(SampleContext context) {
    return Single.fromCallable(
        () -> {
          context.sleep(1);
          return Thread.currentThread().getName();
        });
  }

  private static Completable withoutVirtualThreads(SampleContext context) {
    return Completable.fromAction(
        () ->
            context.print(
                String.format(
                    Locale.ROOT,
                    "virtual threads: not in JDK %d; JDK 21 and later have them",
                    Runtime.version().feature())));
  }
}
