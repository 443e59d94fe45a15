package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import picocli.CommandLine.Command;

/** {@code asyncio.to_thread}: work that blocks goes to a thread where it may. */
@Command(
    name = "threads",
    description = "Blocking work of 1 s beside a wait of 1 s: 1 s in all.",
    mixinStandardHelpOptions = true)
public final class Threads extends TimeScaledCommand {
  public static void main(String... args) {
    Main.sample("threads", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.defer(
        () -> {
          var elapsed = stage.stopwatch();
          return blocking(stage)
              .mergeWith(waiting(stage))
              .doOnComplete(() -> stage.say("in all: " + elapsed));
        });
  }

  /** Lifted to another scheduler by one line; the work itself knows nothing of it. */
  private static Completable blocking(SampleContext stage) {
    return Completable.fromAction(
            () -> {
              note(stage, "blocking work starts");
              stage.sleep(1);
              note(stage, "blocking work ends");
            })
        .subscribeOn(stage.io());
  }

  private static Completable waiting(SampleContext stage) {
    return Completable.timer(1, SECONDS, stage.clock())
        .doOnSubscribe(d -> note(stage, "waiting starts"))
        .doOnComplete(() -> note(stage, "waiting ends"));
  }

  private static void note(SampleContext stage, String what) {
    stage.say(what + " on " + Thread.currentThread().getName());
  }
}
