package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Works that tell what becomes of them, and when: {@code 1.0 B ends}. */
final class WorkLog {
  private final SampleContext stage;
  private final SampleContext.Stopwatch elapsed;

  private WorkLog(SampleContext stage) {
    this.stage = stage;
    elapsed = stage.stopwatch();
  }

  /** A heading, and then a scene with a time of its own. */
  static Completable scene(
      String title, SampleContext stage, Function<WorkLog, Completable> scene) {
    return Completable.defer(
        () -> {
          stage.say("-- " + title);
          return scene.apply(new WorkLog(stage));
        });
  }

  void log(String line) {
    stage.say(String.format(Locale.ROOT, "%.1f %s", elapsed.seconds(), line));
  }

  Scheduler loop() {
    return stage.clock();
  }

  /** {@code await asyncio.sleep(seconds)}. */
  Completable sleep(double seconds) {
    return Completable.timer((long) (seconds * 1000), MILLISECONDS, loop());
  }

  /** Gives its name after so many seconds. */
  Single<String> work(String name, double seconds) {
    return slept(name, seconds).doOnComplete(() -> log(name + " ends")).toSingleDefault(name);
  }

  /** Fails after so many seconds. */
  Single<String> failing(String name, double seconds) {
    return slept(name, seconds)
        .doOnComplete(() -> log(name + " fails"))
        .andThen(Single.error(() -> new IllegalStateException(name + " failed")));
  }

  /** {@code asyncio.create_task(work(name, seconds))}. */
  Task<String> start(String name, double seconds) {
    return Task.create(name, work(name, seconds), loop());
  }

  Task<String> startFailing(String name, double seconds) {
    return Task.create(name, failing(name, seconds), loop());
  }

  /** {@code try: await work; except: …}. */
  Completable caught(Completable work) {
    return work.doOnError(e -> log("raised: " + e.getMessage())).onErrorComplete();
  }

  private Completable slept(String name, double seconds) {
    return Completable.defer(
        () -> {
          AtomicBoolean over = new AtomicBoolean();
          log(name + " starts");
          return sleep(seconds)
              .doOnTerminate(() -> over.set(true))
              .doOnDispose(() -> cancelled(name, over.get()));
        });
  }

  /** Whoever has enough disposes all of them, also the one that gave enough just now. */
  private void cancelled(String name, boolean over) {
    if (!over) {
      log(name + " cancelled");
    }
  }
}
