package dev.sluice.samples.exercises.runner;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The signals of a stream, a line each: virtual seconds, then the value or the end. */
public final class Timeline {
  private static final long LONGEST_SECONDS = 3600;

  private Timeline() {}

  /** Subscribes, and advances the clock by an hour. */
  public static List<String> of(Flowable<?> source, TestScheduler clock) {
    List<String> lines = new ArrayList<>();
    var subscription =
        source.subscribe(
            value -> lines.add(at(clock, String.valueOf(value))),
            error -> lines.add(at(clock, error.toString())),
            () -> lines.add(at(clock, "completed")));
    clock.advanceTimeBy(LONGEST_SECONDS, SECONDS);
    subscription.dispose();
    return lines;
  }

  /** As for a {@code Flowable}; the value is the last line. */
  public static List<String> of(Single<?> source, TestScheduler clock) {
    List<String> lines = of(source.toFlowable(), clock);
    lines.removeIf(line -> line.endsWith(" completed"));
    return lines;
  }

  /** As for a {@code Flowable}. */
  public static List<String> of(Completable source, TestScheduler clock) {
    return of(source.toFlowable(), clock);
  }

  private static String at(TestScheduler clock, String event) {
    return String.format(Locale.ROOT, "%.1f %s", clock.now(MILLISECONDS) / 1e3, event);
  }
}
