package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import picocli.CommandLine.Command;

/** {@code asyncio.to_thread}: blocking work runs on a thread that may block. */
@Command(
    name = "threads",
    description = "Blocking work of 1 s and a timer of 1 s, concurrently: 1 s in total.")
public final class Threads extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Threads(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return context.timed("total", blocking(context).mergeWith(waiting(context)));
  }

  /** {@code subscribeOn} moves the work to another thread; the work itself stays plain Java. */
  private static Completable blocking(SampleContext context) {
    return Completable.fromAction(
            () -> {
              printThread("blocking work starts", context);
              context.sleep(1);
              printThread("blocking work ends", context);
            })
        .subscribeOn(context.io());
  }

  private static Completable waiting(SampleContext context) {
    return Completable.timer(1, SECONDS, context.loop())
        .doOnSubscribe(d -> printThread("waiting starts", context))
        .doOnComplete(() -> printThread("waiting ends", context));
  }

  private static void printThread(String event, SampleContext context) {
    context.print(event + " on " + Thread.currentThread().getName());
  }
}
