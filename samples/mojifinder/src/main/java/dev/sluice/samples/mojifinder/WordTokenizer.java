package dev.sluice.samples.mojifinder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Splits names and queries into words in upper case, at spaces and hyphens. */
final class WordTokenizer {
  private WordTokenizer() {}

  /** The distinct words of a query in any case. */
  static List<String> of(String query) {
    List<String> words = new ArrayList<>();
    forEach(
        query.toUpperCase(Locale.ROOT),
        word -> {
          if (!words.contains(word)) {
            words.add(word);
          }
        });
    return words;
  }

  /** Passes on each word of a name, which must be in upper case. */
  static void forEach(String name, Consumer<String> action) {
    int start = 0;
    int length = name.length();
    for (int i = 0; i <= length; i++) {
      if (i == length || isSeparator(name.charAt(i))) {
        if (i > start) {
          action.accept(name.substring(start, i));
        }
        start = i + 1;
      }
    }
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
