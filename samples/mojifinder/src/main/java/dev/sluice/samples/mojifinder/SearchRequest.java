package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.samples.Numbers;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The validated parameters of {@code /search}; without a limit all results are returned. */
record SearchRequest(String query, int offset, int limit) {
  static final int MAX_QUERY = 200;

  /** The number of code points, so that the default returns all results. */
  static final int MAX_LIMIT = Character.MAX_CODE_POINT + 1;

  /**
   * Parses the query part of a URL.
   *
   * @throws IllegalArgumentException if a value is not allowed; the message says what is
   */
  static SearchRequest parse(String parameters) {
    String query =
        parameter(parameters, "q")
            .orElseThrow(() -> new IllegalArgumentException("q is missing: /search?q=cat+face"));
    if (query.codePointCount(0, query.length()) > MAX_QUERY) {
      throw new IllegalArgumentException("q is too long: allowed are at most 200 characters");
    }
    int offset = number(parameters, "offset", 0, 0, Character.MAX_CODE_POINT);
    return new SearchRequest(query, offset, number(parameters, "limit", MAX_LIMIT, 1, MAX_LIMIT));
  }

  /** The URL of the next page. */
  String nextPage() {
    return String.format(
        Locale.ROOT,
        "/search?q=%s&offset=%d&limit=%d",
        URLEncoder.encode(query, UTF_8),
        offset + limit,
        limit);
  }

  private static int number(String parameters, String name, int usual, int least, int most) {
    Optional<String> text = parameter(parameters, name);
    try {
      return text.isEmpty() ? usual : Numbers.parse(text.get(), least, most);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is " + e.getMessage(), e);
    }
  }

  /** The first parameter of this name; unknown parameters are ignored. */
  private static Optional<String> parameter(String parameters, String name) {
    int start = 0;
    while (start <= parameters.length()) {
      int ampersand = parameters.indexOf('&', start);
      int end = ampersand < 0 ? parameters.length() : ampersand;
      if (parameters.startsWith(name, start)) {
        int equals = start + name.length();
        if (equals < end && parameters.charAt(equals) == '=') {
          return Optional.of(decoded(parameters.substring(equals + 1, end), name));
        }
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  private static String decoded(String text, String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(octet(text, i, name));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + " is not UTF-8", e);
    }
  }

  private static int octet(String text, int at, String name) {
    if (at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2))) {
      return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }
    throw new IllegalArgumentException(
        name + " is not percent-encoded: % must be followed by two hexadecimal digits");
  }
}
