package dev.sluice.samples.mojifinder;

import io.reactivex.rxjava3.core.Flowable;

/** What was found, for people: a line for each character, a rule, and how many there are. */
final class Report {
  private static final String RULE = "─".repeat(66);

  private Report() {}

  /**
   * Lines with their ends.
   *
   * <p>Backpressure: honoured.
   */
  static Flowable<String> of(Matches matches, int count, String lineEnd) {
    return matches
        .names()
        .map(found -> found + lineEnd)
        .concatWith(Flowable.just(RULE + ' ' + count + " found" + lineEnd));
  }
}
