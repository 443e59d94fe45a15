package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Makes work that prints when it starts, ends, fails or is cancelled, each line with the seconds
 * since the scene began: {@code 1.0 B ends}.
 */
final class WorkLog {
  private final SampleContext context;
  private final SampleContext.Stopwatch elapsed;

  private WorkLog(SampleContext context) {
    this.context = context;
    elapsed = context.stopwatch();
  }

  /** Prints a heading, then runs a scene whose times start at 0.0. */
  static Completable scene(
      String title, SampleContext context, Function<WorkLog, Completable> scene) {
    return Completable.defer(
        () -> {
          context.print("-- " + title);
          return scene.apply(new WorkLog(context));
        });
  }

  void print(String line) {
    context.print(String.format(Locale.ROOT, "%.1f %s", elapsed.seconds(), line));
  }

  Scheduler loop() {
    return context.loop();
  }

  /** {@code await asyncio.sleep(seconds)}. */
  Completable sleep(double seconds) {
    return Completable.timer((long) (seconds * 1000), MILLISECONDS, loop());
  }

  /** Work that takes so many seconds and emits its name. */
  Single<String> work(String name, double seconds) {
    return run(name, seconds).doOnComplete(() -> print(name + " ends")).toSingleDefault(name);
  }

  /** Work that fails after so many seconds. */
  Single<String> failing(String name, double seconds) {
    return run(name, seconds)
        .doOnComplete(() -> print(name + " fails"))
        .andThen(Single.error(() -> new IllegalStateException(name + " failed")));
  }

  /** {@code asyncio.create_task(work(name, seconds))}. */
  Task<String> createTask(String name, double seconds) {
    return Task.create(name, work(name, seconds), loop());
  }

  /** {@code asyncio.create_task(failing(name, seconds))}. */
  Task<String> createFailingTask(String name, double seconds) {
    return Task.create(name, failing(name, seconds), loop());
  }

  /** {@code try: await work; except Exception as e: print(e)}. */
  Completable printError(Completable work) {
    return work.doOnError(e -> print("raised: " + e.getMessage())).onErrorComplete();
  }

  private Completable run(String name, double seconds) {
    return Completable.defer(
        () -> {
          AtomicBoolean ended = new AtomicBoolean();
          print(name + " starts");
          return sleep(seconds)
              .doOnTerminate(() -> ended.set(true))
              // merge disposes all its sources after takeUntil, also those that have ended.
              .doOnDispose(() -> printCancelled(name, ended.get()));
        });
  }

  private void printCancelled(String name, boolean ended) {
    if (!ended) {
      print(name + " cancelled");
    }
  }
}
