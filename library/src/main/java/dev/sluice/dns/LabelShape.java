package dev.sluice.dns;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The shape of a label.
 *
 * @param mask the label with {@code a} for each letter and {@code 0} for each digit; the prefix of
 *     an IDN label is kept
 */
record LabelShape(String mask) {
  private static final String IDN_PREFIX = "xn--";
  private static final int LONG = 24;
  private static final int LETTERS = 26;
  private static final int DIGITS = 10;

  /** A zone of so many names may have every name of a shape that allows fewer. */
  private static final double MANY_LABELS = 1e7;

  /** A label that is no name by chance. */
  static final LabelShape LONG_LETTERS = new LabelShape("a".repeat(LONG));

  static LabelShape of(String label) {
    StringBuilder mask = new StringBuilder(label);
    for (int i = prefix(label).length(); i < label.length(); i++) {
      char c = label.charAt(i);
      mask.setCharAt(i, c >= 'a' && c <= 'z' ? 'a' : c >= '0' && c <= '9' ? '0' : c);
    }
    return new LabelShape(mask.toString());
  }

  /** Which kinds of characters there are, a bit each: the same for labels of other lengths. */
  int kind() {
    int kind = prefix().isEmpty() ? 0 : 1;
    for (int i = prefix().length(); i < mask.length(); i++) {
      kind |=
          switch (mask.charAt(i)) {
            case 'a' -> 2;
            case '0' -> 4;
            case '-' -> 8;
            default -> 16;
          };
    }
    return kind;
  }

  private String prefix() {
    return prefix(mask);
  }

  private static String prefix(String label) {
    return label.startsWith(IDN_PREFIX) ? IDN_PREFIX : "";
  }

  int length() {
    return mask.length();
  }

  /** How many labels have the shape. */
  private double labels() {
    double count = 1;
    for (int i = prefix().length(); i < mask.length(); i++) {
      count *= isLetter(i) ? LETTERS : isDigit(i) ? DIGITS : 1;
    }
    return count;
  }

  /** Whether so few labels have the shape that a random one is often a name of its own. */
  boolean isDense() {
    return labels() < MANY_LABELS;
  }

  /** Whether a random label has fewer than two characters that differ from those of the label. */
  boolean isTooShort() {
    return labels() < DIGITS * DIGITS;
  }

  /** A shape of 24 characters of the same kinds. */
  LabelShape stretched() {
    String rest = mask.substring(prefix().length());
    String whole = prefix() + rest.repeat(LONG);
    String cut = whole.substring(0, LONG - 1);
    int free = Math.max(rest.indexOf('a'), rest.indexOf('0'));
    return free < 0 ? LONG_LETTERS : new LabelShape(cut + rest.charAt(free));
  }

  /** A random label of the shape. */
  String random() {
    Random random = ThreadLocalRandom.current();
    StringBuilder label = new StringBuilder(mask);
    for (int i = prefix().length(); i < mask.length(); i++) {
      if (isLetter(i)) {
        label.setCharAt(i, (char) ('a' + random.nextInt(LETTERS)));
      } else if (isDigit(i)) {
        label.setCharAt(i, (char) ('0' + random.nextInt(DIGITS)));
      }
    }
    return label.toString();
  }

  private boolean isLetter(int index) {
    return mask.charAt(index) == 'a';
  }

  private boolean isDigit(int index) {
    return mask.charAt(index) == '0';
  }
}
