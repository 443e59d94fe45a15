package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of a {@code Content-Disposition} (RFC 6266): {@code filename*} (RFC 8187) before
 * {@code filename}, and of a path its last segment only (RFC 6266, section 4.3).
 */
final class ContentDisposition {
  /** A name, =, and a token or a quoted string (RFC 9110, section 5.6). */
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^\\s=;\"]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\"]*))");

  private static final Pattern NO_OCTET = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** What decoding makes of octets that the charset does not have. */
  private static final char REPLACEMENT = '\uFFFD';

  private ContentDisposition() {}

  /** Empty if the header names no file. */
  static String fileName(String header) {
    String plain = "";
    String extended = "";
    Matcher parameters = PARAMETER.matcher(";" + text(header));
    while (parameters.find()) {
      String quoted = parameters.group(2);
      String value =
          quoted == null ? parameters.group(3).strip() : quoted.replaceAll("\\\\(.)", "$1");
      switch (parameters.group(1).toLowerCase(Locale.ROOT)) {
        case "filename*" -> extended = extended.isEmpty() ? decoded(value) : extended;
        case "filename" -> plain = plain.isEmpty() ? value : plain;
        default -> {
          // Such as size, which nothing depends on.
        }
      }
    }
    return lastSegment(extended.isEmpty() ? plain : extended);
  }

  /** The header as UTF-8, which servers send, if each of its characters is an octet. */
  private static String text(String header) {
    String text = new String(header.getBytes(ISO_8859_1), UTF_8);
    boolean isOctets = header.chars().allMatch(c -> c <= 0xFF);
    return isOctets && text.indexOf(REPLACEMENT) < 0 ? text : header;
  }

  /** {@code UTF-8''na%C3%AFve.txt}; empty if it is malformed, or the charset is another one. */
  private static String decoded(String value) {
    String[] parts = value.split("'", 3);
    if (parts.length < 3 || NO_OCTET.matcher(parts[2]).find()) {
      return "";
    }
    String name =
        switch (parts[0].toLowerCase(Locale.ROOT)) {
          case "utf-8" -> PercentCoding.decoded(parts[2], UTF_8);
          case "iso-8859-1" -> PercentCoding.decoded(parts[2], ISO_8859_1);
          default -> "";
        };
    return name.indexOf(REPLACEMENT) < 0 ? name : "";
  }

  private static String lastSegment(String name) {
    String segment = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return segment.strip().matches("\\.*") ? "" : segment;
  }
}
