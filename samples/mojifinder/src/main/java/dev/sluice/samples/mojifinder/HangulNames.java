package dev.sluice.samples.mojifinder;

/** Names of Hangul syllables, composed of the names of their letters (Unicode, section 3.12). */
final class HangulNames {
  static final int FIRST = 0xAC00;
  static final int LAST = 0xD7A3;

  private static final String[] LEADING = letters("G GG N D DD R M B BB S SS _ J JJ C K T P H");
  private static final String[] VOWEL =
      letters("A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I");
  private static final String[] TRAILING =
      letters("_ G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H");

  private HangulNames() {}

  /** {@code GAG} for U+AC01. */
  static String romanized(int codePoint) {
    int index = codePoint - FIRST;
    int leading = index / (VOWEL.length * TRAILING.length);
    int vowel = index / TRAILING.length % VOWEL.length;
    int trailing = index % TRAILING.length;
    return LEADING[leading].concat(VOWEL[vowel]).concat(TRAILING[trailing]);
  }

  private static String[] letters(String spaced) {
    return spaced.replace("_", "").split(" ", -1);
  }
}
