package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import picocli.CommandLine.Command;

/**
 * A coroutine that is not awaited does nothing, and neither does a {@code Single} without a
 * subscriber. Python warns when it runs ({@code coroutine 'nested' was never awaited}). Here Error
 * Prone refuses to compile an ignored result such as {@code nested(log).map(n -> n + 1);}: {@link
 * Rules} has its message.
 */
@Command(name = "nested", description = "A coroutine or a Single that is not awaited does nothing.")
public final class Nested extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Nested(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("nested(), not awaited", context, Nested::notAwaited),
        WorkLog.scene("await nested()", context, Nested::awaited),
        WorkLog.scene("create_task(nested())", context, Nested::task));
  }

  private static Single<Integer> nested(WorkLog log) {
    return Single.fromCallable(
        () -> {
          log.print("nested runs");
          return 42;
        });
  }

  @SuppressWarnings("unused") // That is the point.
  private static Completable notAwaited(WorkLog log) {
    Single<Integer> withoutSubscriber = nested(log);
    log.print("nothing has run");
    return Completable.complete();
  }

  private static Completable awaited(WorkLog log) {
    return nested(log).doOnSuccess(n -> log.print("awaited: " + n)).ignoreElement();
  }

  /** A task needs no subscriber: the event loop runs it on its next turn. */
  private static Completable task(WorkLog log) {
    Task<Integer> task = Task.create("nested", nested(log), log.loop());
    log.print("task created");
    return task.result().doOnSuccess(n -> log.print("awaited: " + n)).ignoreElement();
  }
}
