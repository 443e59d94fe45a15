package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 32: a subscriber that is slower than the source.
 *
 * <p>The sensor emits as it likes. A subscriber that is not ready misses values, but gets the
 * newest one as soon as it is.
 */
public final class E32Latest {
  private E32Latest() {}

  // Python:
  //
  //   def on_reading(queue, reading):   # a queue with room for one
  //       if queue.full():
  //           queue.get_nowait()
  //       queue.put_nowait(reading)

  public static Flowable<Integer> latest(Flowable<Integer> sensor) {
    // GAP: replace what follows.
    return sensor.onBackpressureBuffer();
  }
}
