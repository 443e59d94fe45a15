package dev.sluice;

import java.util.stream.Collector;

/**
 * How many outcomes of each kind: {@code outcomes.collect(Tally.counting())} at the end of a run,
 * of a {@code Flowable} or a Java stream, or {@code outcomes.scan(Tally.ZERO, Tally::plus)} while
 * it goes on.
 *
 * @param succeeded how many came
 * @param notFound how many do not exist
 * @param failed how many gave no usable answer
 */
public record Tally(long succeeded, long notFound, long failed) {
  /** Nothing counted yet. */
  public static final Tally ZERO = new Tally(0, 0, 0);

  /**
   * Checks that no count is negative.
   *
   * @param succeeded 0 or more
   * @param notFound 0 or more
   * @param failed 0 or more
   */
  public Tally {
    if (succeeded < 0 || notFound < 0 || failed < 0) {
      throw new IllegalArgumentException(
          "counts: " + succeeded + ", " + notFound + ", " + failed + ", none may be negative");
    }
  }

  /**
   * {@return this tally with one outcome more}
   *
   * @param outcome the outcome to count
   */
  public Tally plus(Outcome<?, ?> outcome) {
    return outcome.<Tally>fold(
        success -> new Tally(succeeded + 1, notFound, failed),
        absent -> new Tally(succeeded, notFound + 1, failed),
        failure -> new Tally(succeeded, notFound, failed + 1));
  }

  /**
   * {@return the sum of two tallies}
   *
   * @param other a tally of other outcomes
   */
  public Tally plus(Tally other) {
    return new Tally(succeeded + other.succeeded, notFound + other.notFound, failed + other.failed);
  }

  /** {@return a collector of outcomes, for {@code Flowable.collect} and {@code Stream.collect}} */
  public static Collector<Outcome<?, ?>, ?, Tally> counting() {
    return Collector.of(
        () -> new Tally[] {ZERO},
        (sum, outcome) -> sum[0] = sum[0].plus(outcome),
        (left, right) -> new Tally[] {left[0].plus(right[0])},
        sum -> sum[0]);
  }

  /** {@return how many outcomes were counted} */
  public long total() {
    return succeeded + notFound + failed;
  }
}
