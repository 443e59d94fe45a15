package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntPredicate;

/** Changes a text so that it is a safe file name. */
final class SafeName {
  private static final int MAX_BYTES = 255;
  private static final int LONGEST_EXTENSION = 16;
  private static final String FILLER = "_";

  private SafeName() {}

  static String of(String name, IntPredicate isRefused) {
    StringBuilder safe = new StringBuilder();
    name.codePoints().forEach(c -> safe.appendCodePoint(isRefused.test(c) ? '_' : c));
    String text = trimmed(safe.toString());
    // A device name, or the prefix of temp files, is none behind another character.
    String first = text.isEmpty() ? FILLER : text;
    return cut(isPlain(first) ? first : FILLER + first);
  }

  private static boolean isPlain(String name) {
    try {
      return !new FileName(cut(name)).value().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Without spaces at either end and dots at the end. */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && (text.charAt(to - 1) == '.' || isSpace(text.charAt(to - 1)))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String cut(String name) {
    if (name.getBytes(UTF_8).length <= MAX_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String end = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - end.length());
    while ((stem + end).getBytes(UTF_8).length > MAX_BYTES) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return end.isEmpty() ? trimmed(stem) : stem + end;
  }
}
