package dev.sluice.samples;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a mistyped one was meant to be. */
final class NearestWord {
  private NearestWord() {}

  /**
   * The word with the fewest typing errors, if there are few enough of them: one in a short word,
   * two from five letters on, three from eight on.
   */
  static Optional<String> to(String typed, Collection<String> words) {
    String lower = typed.toLowerCase(Locale.ROOT);
    int allowed = lower.length() < 5 ? 1 : lower.length() < 8 ? 2 : 3;
    return words.stream()
        .filter(word -> errors(lower, word) <= allowed)
        .min(Comparator.comparingInt(word -> errors(lower, word)));
  }

  /**
   * The edit distance (optimal string alignment): letters that are missing, too many, wrong, or two
   * neighbours in the wrong order.
   */
  private static int errors(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, i, b, j);
      }
    }
    return distance[a.length()][b.length()];
  }

  private static int step(int[][] distance, String a, int i, String b, int j) {
    int changed = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int oneMore = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    int least = Math.min(changed, oneMore);
    return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
  }
}
