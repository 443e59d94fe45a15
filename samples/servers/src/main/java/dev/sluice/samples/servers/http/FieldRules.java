package dev.sluice.samples.servers.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What HTTP/1.1 requires of the fields that say for whom a request is and where it ends. */
final class FieldRules {
  private static final String HOST_SIGNS = "-._~%!$&'()*+;=";
  private static final int MAX_PORT = 65_535;

  private FieldRules() {}

  /**
   * Checks the fields of a request.
   *
   * @param fields by name in lower case; the values of a repeated field are joined by commas
   * @param minor 0 or 1, of HTTP/1.0 and HTTP/1.1
   */
  static void check(Map<String, String> fields, int minor) throws BadRequest {
    String host = fields.get("host");
    if (host == null ? minor == 1 : !isHostAndPort(host)) {
      throw malformed("HTTP/1.1 requires exactly one Host field, with a host and maybe a port");
    }
    checkLength(fields.get("content-length"));
    checkCoding(fields, minor);
  }

  private static void checkLength(@Nullable String length) throws BadRequest {
    if (length != null && (length.isEmpty() || !isNumber(length))) {
      throw malformed("Content-Length is one number");
    }
  }

  /** RFC 9112, sections 6.1 and 6.3. */
  private static void checkCoding(Map<String, String> fields, int minor) throws BadRequest {
    String codings = fields.get("transfer-encoding");
    if (codings == null) {
      return;
    }
    if (minor == 0 || fields.containsKey("content-length")) {
      throw malformed("Transfer-Encoding needs HTTP/1.1, and no Content-Length");
    }
    String last = codings.substring(codings.lastIndexOf(',') + 1).strip();
    if (!last.toLowerCase(Locale.ROOT).equals("chunked")) {
      throw malformed("the last transfer coding of a request is chunked");
    }
    if (codings.indexOf(',') >= 0) {
      throw new BadRequest(Status.NOT_IMPLEMENTED, "the only transfer coding is chunked");
    }
  }

  /** Whether a text is a host, and maybe a colon and a port (RFC 3986, section 3.2). */
  static boolean isHostAndPort(String text) {
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : endOfName(text);
    if (end == 0 || end == text.length()) {
      return end > 0;
    }
    String port = text.substring(end + 1);
    return text.charAt(end) == ':'
        && isNumber(port)
        && (port.isEmpty() || (port.length() <= 5 && Integer.parseInt(port) <= MAX_PORT));
  }

  private static int endOfName(String text) {
    int end = 0;
    while (end < text.length() && isOfName(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || HOST_SIGNS.indexOf(c) >= 0;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static BadRequest malformed(String message) {
    return new BadRequest(Status.BAD_REQUEST, message);
  }
}
