package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import picocli.CommandLine.Command;

/** Two waits of 1 s and 2 s: awaited one after another, or as two concurrent tasks. */
@Command(
    name = "sayafter",
    description = "Waits of 1 s and 2 s: 3 s one after another, 2 s concurrently.")
public final class SayAfter extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new SayAfter(), args);
  }

  @Override
  Completable run(SampleContext context) {
    Completable hello = sayAfter(1, "hello", context);
    Completable world = sayAfter(2, "world", context);
    return context
        .timed("sequential", hello.andThen(world))
        .andThen(context.timed("concurrent", hello.mergeWith(world)));
  }

  private static Completable sayAfter(int seconds, String what, SampleContext context) {
    return Completable.timer(seconds, SECONDS, context.loop())
        .doOnSubscribe(d -> context.trace(what + " starts"))
        .doOnComplete(() -> context.trace(what + " ends"))
        .doOnComplete(() -> context.print(what));
  }
}
