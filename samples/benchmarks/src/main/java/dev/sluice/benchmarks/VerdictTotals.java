package dev.sluice.benchmarks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was said of so many names.
 *
 * @param found they have an address
 * @param noData they exist, and have none
 * @param notFound they do not exist
 * @param failed nobody could say
 */
record VerdictTotals(long found, long noData, long notFound, long failed) {
  private static final Pattern TEXT =
      Pattern.compile("found=(\\d+) no-data=(\\d+) not-found=(\\d+) failed=(\\d+)");

  static final VerdictTotals NONE = new VerdictTotals(0, 0, 0, 0);

  /** Reads what {@link #toString} wrote, wherever it stands. */
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

  /** For those who ask for one type and tell RCODEs alone: what exists is one verdict. */
  VerdictTotals byRcode() {
    return new VerdictTotals(found + noData, 0, notFound, failed);
  }

  /** For those who never ask for AAAA: what has nothing else has no address. */
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
