package dev.sluice.samples.mojifinder;

/**
 * Names as the Unicode Standard has them. {@link Character#getName} differs for the characters of a
 * {@link NameRule}.
 */
final class UnicodeNames {
  private UnicodeNames() {}

  /** The name; empty for controls, surrogates, private use and unassigned code points. */
  static String of(int codePoint) {
    if (!hasName(codePoint)) {
      return "";
    }
    return NameRule.of(codePoint)
        .map(rule -> rule.name(codePoint))
        .orElseGet(() -> jdkName(codePoint));
  }

  /** Like {@link #of}, but also empty if a {@link NameRule} gives the name. */
  static String listed(int codePoint) {
    return hasName(codePoint) && NameRule.of(codePoint).isEmpty() ? jdkName(codePoint) : "";
  }

  private static String jdkName(int codePoint) {
    return String.valueOf(Character.getName(codePoint));
  }

  /** The JDK makes up names for code points without one, such as PRIVATE USE AREA E000. */
  private static boolean hasName(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.UNASSIGNED
        && type != Character.CONTROL
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE;
  }
}
