package dev.sluice.samples.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names by a pattern: literal text, {@code {adj}} for each word of a list, {@code [a-z0-9]} for
 * each character of a class, and {@code [a-z]{2}} for that so many times. The names are made one by
 * one, so a pattern of millions takes no memory.
 */
final class NamePattern {
  private static final Pattern PART =
      Pattern.compile("\\[([^\\]]+)](?:\\{(\\d{1,2})})?|\\{([a-z]+)}|([^\\[\\]{}]+)");

  /** Each part is one of these texts. */
  private final List<List<String>> parts;

  private NamePattern(List<List<String>> parts) {
    this.parts = parts;
  }

  /**
   * Reads a pattern.
   *
   * @param lists the word lists by their names
   * @throws IllegalArgumentException if the text is no pattern; the message says what is allowed
   */
  static NamePattern parse(String text, Map<String, List<String>> lists) {
    List<List<String>> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      if (matcher.group(1) != null) {
        List<String> characters = characters(matcher.group(1), text);
        int times = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        for (int i = 0; i < times; i++) {
          parts.add(characters);
        }
      } else if (matcher.group(3) != null) {
        parts.add(words(matcher.group(3), lists));
      } else {
        parts.add(List.of(matcher.group(4)));
      }
    }
    if (end != text.length() || text.isEmpty()) {
      throw refusal(text);
    }
    NamePattern pattern = new NamePattern(parts);
    pattern.count();
    return pattern;
  }

  private static List<String> words(String name, Map<String, List<String>> lists) {
    List<String> words = lists.get(name);
    if (words == null) {
      throw new IllegalArgumentException(
          "'{" + name + "}' is not a word list: allowed are " + lists.keySet());
    }
    return words;
  }

  private static List<String> characters(String text, String pattern) {
    List<String> characters = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char first = text.charAt(i);
      boolean isRange = i + 2 < text.length() && text.charAt(i + 1) == '-';
      char last = isRange ? text.charAt(i + 2) : first;
      if (last < first) {
        throw refusal(pattern);
      }
      for (int c = first; c <= last; c++) {
        characters.add(String.valueOf((char) c));
      }
      i += isRange ? 3 : 1;
    }
    return characters.stream().distinct().toList();
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a pattern: allowed are text, {adj} for a word list, [a-z0-9] for a class of"
            + " characters and [a-z]{2} for two of it");
  }

  /** How many names there are. */
  long count() {
    long count = 1;
    for (List<String> part : parts) {
      try {
        count = Math.multiplyExact(count, part.size());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("a pattern of more than 2^63 names", e);
      }
    }
    return count;
  }

  /** The name with this number, from 0 on; the last part changes first. */
  String name(long number) {
    String[] chosen = new String[parts.size()];
    long rest = number;
    for (int i = parts.size() - 1; i >= 0; i--) {
      List<String> part = parts.get(i);
      chosen[i] = part.get((int) (rest % part.size()));
      rest /= part.size();
    }
    return String.join("", chosen);
  }
}
