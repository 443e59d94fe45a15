package dev.sluice.benchmarks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The verdicts of a run.
 *
 * @param found names with an address
 * @param noData names that exist without an address
 * @param notFound names that do not exist
 * @param failed names that are unknown
 */
record VerdictTotals(long found, long noData, long notFound, long failed) {
  private static final Pattern TEXT =
      Pattern.compile("found=(\\d+) no-data=(\\d+) not-found=(\\d+) failed=(\\d+)");

  static final VerdictTotals NONE = new VerdictTotals(0, 0, 0, 0);

  /** Reads the output of {@link #toString} within a text. */
  static VerdictTotals in(String output) {
    Matcher matcher = TEXT.matcher(output);
    return matcher.find()
        ? new VerdictTotals(
            number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4))
        : NONE;
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  /** The totals for a program that only tells RCODEs: all names that exist are one verdict. */
  VerdictTotals byRcode() {
    return new VerdictTotals(found + noData, 0, notFound, failed);
  }

  /** The totals for a program that never asks for AAAA: such names have no address. */
  VerdictTotals withoutAaaa(long aaaaOnly) {
    return new VerdictTotals(found - aaaaOnly, noData + aaaaOnly, notFound, failed);
  }

  long total() {
    return found + noData + notFound + failed;
  }

  @Override
  public String toString() {
    return "found=%d no-data=%d not-found=%d failed=%d".formatted(found, noData, notFound, failed);
  }
}
