package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import picocli.CommandLine.Command;

/**
 * {@code new_event_loop()}, {@code run_until_complete()} and {@code close()}: an executor of your
 * own, a scheduler on it, and {@code blockingGet} at the edge of the program.
 *
 * <p>Two things to avoid: {@code blockingGet} on the loop's own thread waits for itself, and work
 * for a loop that is closed never ends (its RejectedExecutionException goes to {@code
 * RxJavaPlugins.onError}).
 */
@Command(
    name = "loopbyhand",
    description = "An event loop that the program creates, runs and closes itself.")
public final class LoopByHand extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new LoopByHand(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.fromAction(
        () -> {
          ThreadPoolExecutor thread =
              new ThreadPoolExecutor(
                  1, 1, 0, SECONDS, new LinkedBlockingQueue<>(), r -> new Thread(r, "loop"));
          Scheduler loop = Schedulers.from(thread);
          context.print("new_event_loop(): running " + isRunning(thread));
          int result = nested(thread, context).subscribeOn(loop).blockingGet();
          context.print("run_until_complete(nested()): " + result);
          context.print("is_closed(): " + thread.isShutdown());
          thread.shutdown();
          context.print("close(), is_closed(): " + thread.isShutdown());
        });
  }

  private static Single<Integer> nested(ThreadPoolExecutor thread, SampleContext context) {
    return Single.fromCallable(
        () -> {
          context.print("nested() on thread " + Thread.currentThread().getName());
          context.print("is_running(): " + isRunning(thread));
          return 42;
        });
  }

  /** Whether the loop runs something at this moment. */
  private static boolean isRunning(ThreadPoolExecutor thread) {
    return thread.getActiveCount() > 0;
  }
}
