package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Limiter;
import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Not too much at once: the limit of one stream, and a limiter that two streams share. */
@Command(
    name = "semaphore",
    description = "How much is in flight: without limit, in one stream, in two that share one.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class Semaphores extends TimeScaledCommand {
  private static final int CALLS = 12;

  @Option(
      names = "--permits",
      paramLabel = "N",
      defaultValue = "3",
      converter = OptionTypes.Count.class,
      description = "How many at once. Default: ${DEFAULT-VALUE}.")
  private int permits;

  public static void main(String... args) {
    Main.sample("semaphore", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return run(permits, stage);
  }

  static Completable run(int permits, SampleContext stage) {
    return Completable.concatArray(
        Completable.defer(() -> oneStream(CALLS, "no limit", stage)),
        Completable.defer(() -> oneStream(permits, "flatMap(…, " + permits + ")", stage)),
        Completable.defer(() -> twoStreams(Limiter.of(permits), stage)));
  }

  /** {@code async with semaphore}, where nobody else needs the semaphore. */
  private static Completable oneStream(int limit, String name, SampleContext stage) {
    InFlightCounter calls = new InFlightCounter();
    var elapsed = stage.stopwatch();
    return Flowable.range(1, CALLS)
        .flatMapCompletable(i -> calls.count(call(stage)), false, limit)
        .doOnComplete(
            () -> stage.say("%s: peak in flight %d, %s".formatted(name, calls.peak(), elapsed)));
  }

  /** One semaphore for both: each has its peak, but together they do not exceed the limit. */
  private static Completable twoStreams(Limiter limiter, SampleContext stage) {
    InFlightCounter all = new InFlightCounter();
    var elapsed = stage.stopwatch();
    return Completable.mergeArray(
            half("first", limiter, all, stage), half("second", limiter, all, stage))
        .doOnComplete(
            () ->
                stage.say(
                    "two streams with one limiter: peak in flight %d, %s"
                        .formatted(all.peak(), elapsed)));
  }

  private static Completable half(
      String name, Limiter limiter, InFlightCounter all, SampleContext stage) {
    InFlightCounter own = new InFlightCounter();
    return Flowable.range(1, CALLS / 2)
        .flatMapCompletable(
            i -> limiter.permit(own.count(all.count(call(stage))).toMaybe()).ignoreElement(),
            false,
            CALLS)
        .doOnComplete(() -> stage.say("the " + name + " stream: peak in flight " + own.peak()));
  }

  private static Completable call(SampleContext stage) {
    return Completable.timer(1, SECONDS, stage.clock());
  }
}
