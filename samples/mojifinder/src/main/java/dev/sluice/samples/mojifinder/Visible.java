package dev.sluice.samples.mojifinder;

/** Somebody else's words in a line of ours: they shall neither end it nor turn it around. */
final class Visible {
  private Visible() {}

  /** In quotes; what does not show is spelled out. */
  static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length() + 2).append('\'');
    text.codePoints().forEach(codePoint -> append(visible, codePoint));
    return visible.append('\'').toString();
  }

  private static void append(StringBuilder visible, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          visible.append('<').append("U+").append(CharName.hex(codePoint)).append('>');
      default -> visible.appendCodePoint(codePoint);
    }
  }
}
