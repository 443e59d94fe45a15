package dev.sluice;

/**
 * How many outcomes of each kind: {@code outcomes.reduce(Tally.ZERO, Tally::plus)} at the end of a
 * run, or {@code outcomes.scan(Tally.ZERO, Tally::plus)} while it goes on.
 *
 * @param succeeded how many came
 * @param notFound how many do not exist
 * @param failed how many gave no usable answer
 */
public record Tally(long succeeded, long notFound, long failed) {
  /** Nothing counted yet. */
  public static final Tally ZERO = new Tally(0, 0, 0);

  /**
   * Refuses negative counts.
   *
   * @param succeeded {@link #succeeded()}
   * @param notFound {@link #notFound()}
   * @param failed {@link #failed()}
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
    return outcome.fold(
        success -> new Tally(succeeded + 1, notFound, failed),
        absent -> new Tally(succeeded, notFound + 1, failed),
        failure -> new Tally(succeeded, notFound, failed + 1));
  }

  /** {@return how many outcomes were counted} */
  public long total() {
    return succeeded + notFound + failed;
  }
}
