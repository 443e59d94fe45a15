package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import picocli.CommandLine.Command;

/** Two waits of 1 s and 2 s: {@code await} twice, or {@code create_task} twice. */
@Command(
    name = "sayafter",
    description = "Waits of 1 s and 2 s: 3 s one after another, 2 s at once.",
    mixinStandardHelpOptions = true)
public final class SayAfter extends TimeScaledCommand {
  public static void main(String... args) {
    Main.sample("sayafter", args);
  }

  @Override
  Completable run(SampleContext stage) {
    Completable hello = sayAfter(1, "hello", stage);
    Completable world = sayAfter(2, "world", stage);
    return timed("sequential", hello.andThen(world), stage)
        .andThen(timed("concurrent", hello.mergeWith(world), stage));
  }

  private static Completable sayAfter(int seconds, String what, SampleContext stage) {
    return Completable.timer(seconds, SECONDS, stage.clock()).doOnComplete(() -> stage.say(what));
  }

  private static Completable timed(String name, Completable work, SampleContext stage) {
    return Completable.defer(
        () -> {
          var elapsed = stage.stopwatch();
          return work.doOnComplete(() -> stage.say(name + ": " + elapsed));
        });
  }
}
