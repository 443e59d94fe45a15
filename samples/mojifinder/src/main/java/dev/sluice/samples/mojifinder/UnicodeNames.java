package dev.sluice.samples.mojifinder;

/** The standard's own names, which {@link Character#getName} alone does not give. */
final class UnicodeNames {
  private UnicodeNames() {}

  /** Empty for a code point that has none: a control, a surrogate, private use, not assigned. */
  static String of(int codePoint) {
    if (!hasName(codePoint)) {
      return "";
    }
    return NameRule.of(codePoint)
        .map(rule -> rule.name(codePoint))
        .orElseGet(() -> jdkName(codePoint));
  }

  /** As {@link #of}, but empty too where a rule gives the name. */
  static String listed(int codePoint) {
    return hasName(codePoint) && NameRule.of(codePoint).isEmpty() ? jdkName(codePoint) : "";
  }

  private static String jdkName(int codePoint) {
    return String.valueOf(Character.getName(codePoint));
  }

  /** The JDK invents names for some of the others, such as PRIVATE USE AREA E000. */
  private static boolean hasName(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.UNASSIGNED
        && type != Character.CONTROL
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE;
  }
}
