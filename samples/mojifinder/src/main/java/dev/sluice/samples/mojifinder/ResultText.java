package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What was found, for people: a line for each character, a rule, and how many there are. It is
 * looked up as it is written, and so takes next to no memory, however long it gets.
 */
final class ResultText {
  private static final byte[] RULE = ("─".repeat(66) + ' ').getBytes(UTF_8);

  private final Intersection matches;
  private final String lineEnd;
  private int count;
  private boolean isWhole;

  ResultText(Matches matches, String lineEnd) {
    this.matches = matches.intersection();
    this.lineEnd = lineEnd;
  }

  /** How many characters have been written so far. */
  int count() {
    return count;
  }

  /** Whether there is nothing more to write. */
  boolean isWhole() {
    return isWhole;
  }

  /** Goes on, line by line, until that text is so long. */
  void writeTo(Utf8 text, int enough) {
    while (!isWhole && text.size() < enough) {
      int next = matches.next();
      if (next < 0) {
        text.append(RULE).appendAscii(count + " found" + lineEnd);
        isWhole = true;
      } else {
        count++;
        new CharName(next, UnicodeNames.of(next)).writeTo(text);
        text.appendAscii(lineEnd);
      }
    }
  }
}
