package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Three counters that wait for a second each: one after another, or all at once. */
@Command(
    name = "count",
    description = "Three counters of 1 s each: one after another, or all at once.",
    mixinStandardHelpOptions = true)
public final class Count extends TimeScaledCommand {
  /** How they wait. */
  enum Way {
    SYNC,
    ASYNC
  }

  @Parameters(paramLabel = "sync|async", description = "Whether a wait holds up everybody.")
  @SuppressWarnings("NullAway.Init")
  private Way way;

  public static void main(String... args) {
    Main.sample("count", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return run(way, stage);
  }

  static Completable run(Way way, SampleContext stage) {
    return Completable.defer(
        () -> {
          var elapsed = stage.stopwatch();
          return (way == Way.SYNC ? sync(stage) : async(stage))
              .doOnComplete(
                  () -> stage.say("count " + way.name().toLowerCase(Locale.ROOT) + ": " + elapsed));
        });
  }

  /** {@code time.sleep(1)}: while it sleeps, this thread does nothing else. */
  private static Completable sync(SampleContext stage) {
    return Completable.fromAction(
            () -> {
              stage.say("One");
              stage.sleep(1);
              stage.say("Two");
            })
        .repeat(3);
  }

  /** {@code await asyncio.gather(count(), count(), count())}: the waits overlap. */
  private static Completable async(SampleContext stage) {
    Completable count =
        Completable.fromAction(() -> stage.say("One"))
            .andThen(Completable.timer(1, SECONDS, stage.clock()))
            .andThen(Completable.fromAction(() -> stage.say("Two")));
    return Completable.mergeArray(count, count, count);
  }
}
