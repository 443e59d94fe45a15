package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A search result as text for people: a line for each character, a rule, and the count. Each line
 * is looked up when it is written, so a long result takes no more memory than a short one.
 */
final class ResultText {
  private static final byte[] RULE = ("─".repeat(66) + ' ').getBytes(UTF_8);

  private final Intersection matches;
  private final String lineEnd;
  private int count;
  private boolean isComplete;

  ResultText(Matches matches, String lineEnd) {
    this.matches = matches.intersection();
    this.lineEnd = lineEnd;
  }

  /** How many characters have been written so far. */
  int count() {
    return count;
  }

  /** Whether everything has been written, up to the count. */
  boolean isComplete() {
    return isComplete;
  }

  /** Appends further lines until the text has at least this size or the result is complete. */
  void writeTo(Utf8 text, int minBytes) {
    while (!isComplete && text.size() < minBytes) {
      int next = matches.next();
      if (next < 0) {
        text.append(RULE).appendAscii(count + " found" + lineEnd);
        isComplete = true;
      } else {
        count++;
        CharName.write(next, text);
        text.appendAscii(lineEnd);
      }
    }
  }
}
