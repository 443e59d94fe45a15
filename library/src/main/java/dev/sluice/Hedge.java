package dev.sluice;

import java.time.Duration;

/**
 * When a slow attempt gets a second one beside it. The first of the two that has an answer wins,
 * and the other is disposed. So a few slow answers do not decide how long a run takes.
 *
 * <pre>{@code
 * Policy.limit(20).withHedge(Hedge.atPercentile(95).withLeast(ofMillis(20)))
 * }</pre>
 *
 * <p>Only for works that may be done twice. The second attempt needs a permit of its own, counts as
 * an attempt of {@link Retry}, and is not made if the {@linkplain Lanes#withRetryBudget retry
 * budget} does not allow it. If one attempt fails, the outcome is that of the other; a retry
 * follows when both have failed.
 *
 * <p>The percentile is that of the last {@value RecentTimes#SIZE} answers of the same pipeline and
 * lane, from permit to answer. Before there are {@value RecentTimes#ENOUGH}, nothing is hedged.
 *
 * @param percentile of the recent answers, from 0 to below 100; 0 for the least time alone
 * @param least how long an attempt is left alone in any case
 */
public record Hedge(double percentile, Duration least) {
  /**
   * Checks the values.
   *
   * @param percentile of the recent answers, from 0 to below 100
   * @param least zero or longer
   */
  public Hedge {
    if (!(percentile >= 0 && percentile < 100)) {
      throw new IllegalArgumentException(
          "percentile: " + percentile + ", must be 0 or more and below 100");
    }
    least = DurationText.atMostForever(Check.notNegative(least, "least"));
    if (percentile == 0) {
      Check.positive(least, "least");
    }
  }

  /**
   * {@return a second attempt when the first takes longer than so many of the recent answers}
   *
   * @param percentile above 0 and below 100; 95 adds a twentieth to the number of attempts
   */
  public static Hedge atPercentile(double percentile) {
    return new Hedge(percentile, Duration.ZERO);
  }

  /**
   * {@return a second attempt when the first has taken this long}
   *
   * @param least longer than zero
   */
  public static Hedge after(Duration least) {
    return new Hedge(0, least);
  }

  /**
   * {@return a copy that leaves an attempt alone for at least this long}
   *
   * @param least zero or longer
   */
  public Hedge withLeast(Duration least) {
    return new Hedge(percentile, least);
  }

  /** {@return a phrase: {@code hedged at percentile 95.0, after 20ms or more}} */
  @Override
  public String toString() {
    String atLeast = DurationText.of(least);
    if (percentile == 0) {
      return "hedged after " + atLeast;
    }
    return "hedged at percentile "
        + percentile
        + (least.isZero() ? "" : ", after " + atLeast + " or more");
  }
}
