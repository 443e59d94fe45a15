package dev.sluice.samples.exercises;

import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 33: the average so far.
 *
 * <p>For each number emit the average of all numbers so far.
 */
public final class E33RunningAverage {
  private E33RunningAverage() {}

  // Python:
  //
  //   def averager():   # a classic coroutine, driven by send()
  //       total, count, average = 0.0, 0, None
  //       while True:
  //           term = yield average
  //           total, count = total + term, count + 1
  //           average = total / count

  public static Flowable<Double> averages(Flowable<Double> terms) {
    return terms
        .scan(new double[2], (sum, term) -> new double[] {sum[0] + term, sum[1] + 1})
        .skip(1)
        .map(sum -> sum[0] / sum[1]);
  }
}
