package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * The name of one file in a {@link Folder}. The name is safe on Linux, macOS and Windows even when
 * it comes from a server: it has no path separator, is no device name, and has no characters that
 * reverse the direction of text.
 *
 * <p>The value is in Unicode normal form C (UAX 15), so a name gives the same file whether its
 * letters were sent composed or decomposed. Upper and lower case are kept: on a file system that
 * ignores case, {@code A.gif} and {@code a.gif} are one file.
 *
 * <pre>{@code
 * folder.write(FileName.of("br.gif"), bytes);
 * FileName.of("../br.gif"); // IllegalArgumentException
 * }</pre>
 *
 * @param value the name in the folder, 1 to 255 bytes in UTF-8
 */
public record FileName(String value) {
  private static final int MAX_BYTES = 255;
  private static final int LONGEST_EXTENSION = 16;
  private static final String SEPARATORS_AND_WILDCARDS = "/\\:*?\"<>|";
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  // https://learn.microsoft.com/windows/win32/fileio/naming-a-file; also with superscript digits.
  private static final Set<String> DEVICES =
      Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
  private static final String PORT_DIGITS = "123456789\u00B9\u00B2\u00B3";

  private static final String ALLOWED =
      "allowed are 1 to 255 bytes of UTF-8 without / \\ : * ? \" < > |, control or invisible"
          + " characters, a space at either end, a dot at the end, a device name such as NUL,"
          + " or the prefix "
          + TempName.PREFIX;

  /**
   * Checks and normalises the value, as {@link #of(String)} does.
   *
   * @param value the name, in any Unicode normal form
   * @throws IllegalArgumentException if the value is not a safe file name
   * @throws NullPointerException if the value is null
   */
  public FileName {
    requireNonNull(value, "value");
    // Composed before the check: the checked name must be the name that is written.
    value = composed(value);
    String fault = fault(value);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(
          "value: the file name " + TerminalText.quoted(value) + " " + fault + "; " + ALLOWED);
    }
  }

  /**
   * Parses a file name.
   *
   * @param value the name, in any Unicode normal form
   * @return the name in normal form C
   * @throws IllegalArgumentException if the value is not a safe file name; the message has the
   *     value, with control characters escaped, and the rules
   * @throws NullPointerException if the value is null
   */
  public static FileName of(String value) {
    return new FileName(value);
  }

  /**
   * {@return the nearest safe name: what is not allowed is replaced by {@code _}, and what is too
   * long is cut, as the stem before a short extension}
   *
   * @param wanted any text, such as the end of a URL; an empty one gives {@code _}
   */
  public static FileName safe(String wanted) {
    String name = composed(requireNonNull(wanted, "wanted"));
    return new FileName(fault(name).isEmpty() ? name : SafeName.of(name, FileName::isRefused));
  }

  /**
   * {@return a name with this text before the extension, cut to fit: {@code Brazil_2.gif}}
   *
   * <p>What follows the last dot is the extension, if it has at most 15 characters.
   *
   * @param suffix comes between the two; must be safe in a name
   * @throws IllegalArgumentException if the suffix is not safe, or is so long that it does not fit
   *     into a name with the extension
   */
  public FileName withSuffix(String suffix) {
    return new FileName(suffixed(value, requireNonNull(suffix, "suffix")));
  }

  /** The name with this text before its extension; the stem is cut so that all fits. */
  static String suffixed(String name, String suffix) {
    int dot = name.lastIndexOf('.');
    String extension =
        dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    String end = suffix + extension;
    int bytes = end.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "suffix: with the extension it has " + bytes + " bytes, allowed are " + MAX_BYTES);
    }
    while ((stem + end).getBytes(UTF_8).length > MAX_BYTES) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + end;
  }

  /** Returns the value. */
  @Override
  public String toString() {
    return value;
  }

  private static String composed(String name) {
    // ASCII text is in normal form already. The check saves loading the Unicode tables.
    boolean ascii = name.chars().allMatch(c -> c < 0x80);
    return ascii ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static String fault(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
      int codePoint = name.codePointAt(i);
      if (isRefused(codePoint)) {
        return "has " + TerminalText.codePoint(codePoint);
      }
    }
    return faultOfWhole(name);
  }

  private static String faultOfWhole(String name) {
    if (name.endsWith(".")) {
      return "ends with a dot";
    }
    if (isSpace(name.codePointAt(0)) || isSpace(name.codePointBefore(name.length()))) {
      return "begins or ends with a space";
    }
    if (isDevice(name)) {
      return "is a device on Windows";
    }
    if (TempName.hasPrefix(name)) {
      return "has the prefix of temp files";
    }
    int bytes = name.getBytes(UTF_8).length;
    return bytes > MAX_BYTES ? "has " + bytes + " bytes" : "";
  }

  private static boolean isRefused(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Bidi overrides and other invisible characters. Persian and emoji need the joiners.
      case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
      default -> SEPARATORS_AND_WILDCARDS.indexOf(codePoint) >= 0;
    };
  }

  static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing();
    String device = stem.toUpperCase(Locale.ROOT);
    boolean port = device.startsWith("COM") || device.startsWith("LPT");
    return DEVICES.contains(device)
        || (port && device.length() == 4 && PORT_DIGITS.indexOf(device.charAt(3)) >= 0);
  }
}
