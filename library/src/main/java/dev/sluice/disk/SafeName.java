package dev.sluice.disk;

import java.util.function.IntPredicate;

/** Changes a text so that it is a safe file name. */
final class SafeName {
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
    while (from < to && FileName.isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && (text.charAt(to - 1) == '.' || FileName.isSpace(text.charAt(to - 1)))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** A stem that was cut may end with a dot or a space, if no extension follows. */
  private static String cut(String name) {
    String fitting = FileName.suffixed(name, "");
    return fitting.length() < name.length() ? trimmed(fitting) : fitting;
  }
}
