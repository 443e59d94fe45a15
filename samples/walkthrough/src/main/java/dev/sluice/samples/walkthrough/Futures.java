package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;

/**
 * {@code loop.create_future()}: {@code Single.create} turns a callback API into a {@code Single},
 * and disposing the {@code Single} cancels the request.
 */
@Command(
    name = "futures",
    description = "A callback API as a Single, with cancellation, and CompletableFuture.")
public final class Futures extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Futures(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("a callback sets the result", context, Futures::result),
        WorkLog.scene("a cancelled future cancels the request", context, Futures::cancel),
        WorkLog.scene("CompletableFuture to Single", context, Futures::fromFuture),
        WorkLog.scene("Single to CompletableFuture", context, Futures::toFuture));
  }

  /** The callback API: sends a request, calls back later, and returns a handle to cancel it. */
  private static Disposable request(int seconds, IntConsumer callback, WorkLog log) {
    AtomicBoolean pending = new AtomicBoolean(true);
    log.print("request sent");
    Runnable respond =
        () -> {
          if (pending.getAndSet(false)) {
            log.print("callback: 42");
            callback.accept(42);
          }
        };
    Disposable timer = log.loop().scheduleDirect(respond, seconds, SECONDS);
    return Disposable.fromRunnable(
        () -> {
          if (pending.getAndSet(false)) {
            timer.dispose();
            log.print("request cancelled");
          }
        });
  }

  /** Cold: each subscription sends a request of its own. */
  private static Single<Integer> answer(int seconds, WorkLog log) {
    return Single.create(
        emitter -> emitter.setDisposable(request(seconds, emitter::onSuccess, log)));
  }

  private static Completable result(WorkLog log) {
    return answer(1, log).doOnSuccess(n -> log.print("awaited: " + n)).ignoreElement();
  }

  private static Completable cancel(WorkLog log) {
    Task<Integer> answer = Task.create("answer", answer(2, log), log.loop());
    return log.sleep(1)
        .doOnComplete(answer::cancel)
        .andThen(log.printError(answer.result().ignoreElement()));
  }

  /** Disposing this {@code Single} does not cancel the future. */
  private static Completable fromFuture(WorkLog log) {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    log.loop().scheduleDirect(() -> future.complete(42), 1, SECONDS);
    return Single.fromCompletionStage(future)
        .doOnSuccess(n -> log.print("awaited: " + n))
        .ignoreElement();
  }

  /** Subscribes at once, as any future runs at once. Cancelling it disposes the subscription. */
  private static Completable toFuture(WorkLog log) {
    CompletableFuture<Integer> future = answer(1, log).toCompletionStage().toCompletableFuture();
    return log.sleep(1)
        .doOnComplete(() -> log.print("done: " + future.isDone() + ", result: " + future.join()));
  }
}
