package dev.sluice.samples.exercises;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;

/**
 * Exercise 7: an hour in a millisecond.
 *
 * <p>{@code slow} answers after 90 minutes of {@code clock}. Return its answer without waiting that
 * long: subscribe with {@code test()}, and advance the clock.
 */
public final class E07VirtualTime {
  private E07VirtualTime() {}

  // Python:
  //
  //   def answer_of(slow, clock):   # with a clock that a test can turn, such as that of asynctest
  //       task = loop.create_task(slow)
  //       clock.advance(90 * 60)
  //       return task.result()

  public static String answerOf(Single<String> slow, TestScheduler clock) {
    // GAP: replace what follows.
    return String.join(" ", slow.test().values());
  }
}
