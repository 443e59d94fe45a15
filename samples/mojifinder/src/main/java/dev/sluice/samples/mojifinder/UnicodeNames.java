package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The character names of one Unicode version, from the file {@code unicode-names.txt}. Not those of
 * {@link Character#getName}, which are older: Java 17 knows Unicode 13. The file has a line for
 * each name and for each range of names that follow a rule.
 *
 * <p>Immutable, so any number of threads may use it.
 */
final class UnicodeNames {
  private static final Pattern VERSION = Pattern.compile("Unicode (\\d+\\.\\d+\\.\\d+)");
  private static final UnicodeNames ALL = new UnicodeNames(read());

  /** The bytes of the file, which is ASCII. */
  private final byte[] text;

  private final List<NameRule> rules = new ArrayList<>();
  private int count;

  /** Of the listed names: code points in ascending order, and where in the file the names are. */
  private int[] codePoints = new int[1 << 16];

  private int[] starts = new int[1 << 16];
  private int[] ends = new int[1 << 16];

  private UnicodeNames(byte[] text) {
    this.text = text;
    for (int start = 0; start < text.length; ) {
      int end = start;
      while (text[end] != '\n') {
        end++;
      }
      if (text[start] != '#') {
        addLine(start, end);
      }
      start = end + 1;
    }
    codePoints = Arrays.copyOf(codePoints, count);
    starts = Arrays.copyOf(starts, count);
    ends = Arrays.copyOf(ends, count);
  }

  private static byte[] read() {
    try (InputStream in = UnicodeNames.class.getResourceAsStream("unicode-names.txt")) {
      return Objects.requireNonNull(in, "unicode-names.txt").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addLine(int start, int end) {
    int codePoint = 0;
    int at = start;
    for (; isHexDigit(text[at]); at++) {
      codePoint = codePoint * 16 + Character.digit(text[at], 16);
    }
    if (text[at] == '.') {
      rules.add(NameRule.parse(string(start, end)));
    } else {
      codePoints[count] = codePoint;
      starts[count] = at + 1;
      ends[count++] = end;
    }
  }

  private static boolean isHexDigit(byte c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
  }

  private String string(int start, int end) {
    return new String(text, start, end - start, ISO_8859_1);
  }

  /** The Unicode version, such as {@code 18.0.0}. */
  static String version() {
    Matcher version = VERSION.matcher(ALL.string(0, 100));
    if (!version.find()) {
      throw new IllegalStateException("the names have no version");
    }
    return version.group(1);
  }

  /** The name; empty for controls, surrogates, private use and unassigned code points. */
  static String of(int codePoint) {
    int at = ALL.indexOf(codePoint);
    if (at >= 0) {
      return ALL.name(at);
    }
    return rule(codePoint).map(rule -> rule.name(codePoint)).orElse("");
  }

  /** Appends what {@link #of} returns, without building a string for a listed name. */
  static void append(int codePoint, Utf8 target) {
    int at = ALL.indexOf(codePoint);
    if (at >= 0) {
      target.append(ALL.text, ALL.starts[at], ALL.ends[at]);
    } else {
      target.appendAscii(of(codePoint));
    }
  }

  private int indexOf(int codePoint) {
    return Arrays.binarySearch(codePoints, codePoint);
  }

  private String name(int at) {
    return string(starts[at], ends[at]);
  }

  /** How many names are listed, that is, follow no rule. */
  static int listed() {
    return ALL.count;
  }

  /** The listed names from (inclusive) to (exclusive), in the order of code points. */
  static void forEachListed(int from, int to, NameConsumer action) {
    for (int i = from; i < to; i++) {
      action.accept(ALL.codePoints[i], ALL.name(i));
    }
  }

  /** The ranges of names that follow a rule, in the order of code points. */
  static List<NameRule> rules() {
    return ALL.rules;
  }

  /** The rule that gives the name of this code point. */
  static Optional<NameRule> rule(int codePoint) {
    for (NameRule rule : ALL.rules) {
      if (rule.covers(codePoint)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** Accepts a code point and its name. */
  interface NameConsumer {
    void accept(int codePoint, String name);
  }
}
