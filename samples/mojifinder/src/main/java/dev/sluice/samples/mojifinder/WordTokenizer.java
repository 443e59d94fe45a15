package dev.sluice.samples.mojifinder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Names and queries as words: in upper case, a hyphen is a space. */
final class WordTokenizer {
  private WordTokenizer() {}

  /** The words of whatever somebody typed, each once. */
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

  /** The words of a name, which is in upper case already. */
  static void forEach(String name, Consumer<String> action) {
    int start = 0;
    int length = name.length();
    for (int i = 0; i <= length; i++) {
      if (i == length || isBetween(name.charAt(i))) {
        if (i > start) {
          action.accept(name.substring(start, i));
        }
        start = i + 1;
      }
    }
  }

  private static boolean isBetween(char c) {
    return c == ' ' || c == '-' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
