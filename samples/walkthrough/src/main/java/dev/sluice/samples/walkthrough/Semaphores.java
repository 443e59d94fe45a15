package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code asyncio.Semaphore}: a limit for one stream, and a limiter that two streams share. */
@Command(
    name = "semaphore",
    description = "12 calls: without a limit, in one limited stream, in two that share a limiter.")
public final class Semaphores extends TimeScaledCommand {
  private static final int CALLS = 12;

  @Option(
      names = "--permits",
      paramLabel = "N",
      defaultValue = "3",
      converter = OptionTypes.OneToThousand.class,
      description = "How many calls may be in flight.")
  private int permits;

  public static void main(String... args) {
    launch(new Semaphores(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return run(permits, context);
  }

  static Completable run(int permits, SampleContext context) {
    return Completable.concatArray(
        Completable.defer(() -> oneStream(CALLS, "no limit", context)),
        Completable.defer(() -> oneStream(permits, "flatMap(…, " + permits + ")", context)),
        Completable.defer(() -> twoStreams(Limiter.of(permits), context)));
  }

  /** {@code async with semaphore}, for a semaphore that only this stream uses. */
  private static Completable oneStream(int limit, String name, SampleContext context) {
    context.trace(MarbleDiagram.TITLE + name);
    InFlightCounter calls = new InFlightCounter();
    var elapsed = context.stopwatch();
    return Flowable.range(1, CALLS)
        .flatMapCompletable(i -> calls.count(call("call " + i, context)), false, limit)
        .doOnComplete(
            () ->
                context.print(
                    String.format(
                        Locale.ROOT, "%s: peak in flight %d, %s", name, calls.peak(), elapsed)));
  }

  /** Each stream may use every permit, but together they never exceed the limit. */
  private static Completable twoStreams(Limiter limiter, SampleContext context) {
    context.trace(MarbleDiagram.TITLE + "two streams with one limiter");
    InFlightCounter all = new InFlightCounter();
    var elapsed = context.stopwatch();
    return Completable.mergeArray(
            stream("first", limiter, all, context), stream("second", limiter, all, context))
        .doOnComplete(
            () ->
                context.print(
                    String.format(
                        Locale.ROOT,
                        "two streams with one limiter: peak in flight %d, %s",
                        all.peak(),
                        elapsed)));
  }

  private static Completable stream(
      String name, Limiter limiter, InFlightCounter all, SampleContext context) {
    InFlightCounter own = new InFlightCounter();
    return Flowable.range(1, CALLS / 2)
        .map(i -> own.count(all.count(call(name + " " + i, context))))
        .flatMapCompletable(call -> limiter.permit(call.toMaybe()).ignoreElement(), false, CALLS)
        .doOnComplete(() -> context.print("the " + name + " stream: peak in flight " + own.peak()));
  }

  private static Completable call(String name, SampleContext context) {
    return Completable.timer(1, SECONDS, context.loop())
        .doOnSubscribe(d -> context.trace(name + " starts"))
        .doOnComplete(() -> context.trace(name + " ends"));
  }
}
