package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Three counters that wait one second each: one after another, or all at once. */
@Command(
    name = "count",
    description = "Three counters that wait 1 s each: one after another, or all at once.")
public final class Count extends TimeScaledCommand {
  /** How a counter waits. */
  enum Mode {
    /** Blocks its thread. */
    SYNC,
    /** Schedules a timer. */
    ASYNC
  }

  @Parameters(
      paramLabel = "sync|async",
      description = "sync blocks the thread while it waits, async does not.")
  @SuppressWarnings("NullAway.Init")
  private Mode mode;

  public static void main(String... args) {
    launch(new Count(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return run(mode, context);
  }

  static Completable run(Mode mode, SampleContext context) {
    return context.timed(
        "count " + mode.name().toLowerCase(Locale.ROOT),
        mode == Mode.SYNC ? sync(context) : async(context));
  }

  /** {@code time.sleep(1)}: the thread can do nothing else, so the counters run in turn. */
  private static Completable sync(SampleContext context) {
    return Completable.fromAction(
            () -> {
              context.print("One");
              context.sleep(1);
              context.print("Two");
            })
        .repeat(3);
  }

  /** {@code await asyncio.gather(count(), count(), count())}: the waits overlap. */
  private static Completable async(SampleContext context) {
    Completable count =
        Completable.fromAction(() -> context.print("One"))
            .andThen(Completable.timer(1, SECONDS, context.loop()))
            .andThen(Completable.fromAction(() -> context.print("Two")));
    return Completable.mergeArray(count, count, count);
  }
}
