package dev.sluice.samples.exercises.runner;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A slow site in virtual time: an answer is the name in capitals, after 1 s. A name that starts
 * with {@code slow} takes 10 s, and one that starts with {@code bad} fails after 1 s. Counts the
 * calls.
 */
public final class Calls {
  private final Scheduler clock;
  private final List<String> started = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private int inFlight;
  private int peak;

  public Calls(Scheduler clock) {
    this.clock = clock;
  }

  /** One call, which starts when it is subscribed to. */
  public Single<String> get(String name) {
    return Single.timer(name.startsWith("slow") ? 10 : 1, SECONDS, clock)
        .flatMap(time -> answer(name))
        .doOnSubscribe(subscription -> start(name))
        .doOnTerminate(() -> inFlight--)
        .doOnDispose(() -> cancel(name));
  }

  private static Single<String> answer(String name) {
    return name.startsWith("bad")
        ? Single.error(new IOException("no " + name))
        : Single.just(name.toUpperCase(Locale.ROOT));
  }

  private void start(String name) {
    started.add(name);
    peak = Math.max(peak, ++inFlight);
  }

  private void cancel(String name) {
    cancelled.add(name);
    inFlight--;
  }

  /** The names that were called, in this order. */
  public List<String> started() {
    return List.copyOf(started);
  }

  /** The names whose calls were disposed. */
  public List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  /** The highest number of calls at the same time. */
  public int peak() {
    return peak;
  }
}
