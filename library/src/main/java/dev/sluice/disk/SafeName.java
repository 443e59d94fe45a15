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
    String text = safe.toString().strip();
    while (text.endsWith(".") || endsWithSpace(text)) {
      text = text.substring(0, text.length() - 1);
    }
    while (!text.isEmpty() && Character.isSpaceChar(text.codePointAt(0))) {
      text = text.substring(1);
    }
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

  private static boolean endsWithSpace(String text) {
    return !text.isEmpty() && Character.isSpaceChar(text.codePointBefore(text.length()));
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
    return (stem + end).stripTrailing();
  }
}
