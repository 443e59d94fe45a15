package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/** Percent-decoding (RFC 3986, section 2.1) that leaves alone what is not well-formed. */
final class PercentCoding {
  private static final int CODED_LENGTH = 3;

  private PercentCoding() {}

  static String decoded(String text) {
    return decoded(text, UTF_8);
  }

  static String decoded(String text, Charset charset) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int value = valueAt(text, i);
      if (value >= 0) {
        bytes.write(value);
        i += CODED_LENGTH;
      } else {
        int next = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, next).getBytes(charset));
        i = next;
      }
    }
    return bytes.toString(charset);
  }

  private static int valueAt(String text, int at) {
    if (text.charAt(at) != '%' || at + CODED_LENGTH > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }
}
