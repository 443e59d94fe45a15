package dev.sluice.fetch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Times in headers (RFC 9110, section 5.6.7). OkHttp reads all formats that were ever in use, but
 * takes 10 µs for each: the one that is in use today is read here.
 */
final class HttpTime {
  private static final String FORM = "xxx, 00 xxx 0000 00:00:00 GMT";
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private HttpTime() {}

  /** Null if the header is missing, or is no time. */
  static @Nullable Instant of(Headers headers, String name) {
    String text = headers.get(name);
    if (text == null) {
      return null;
    }
    Instant time = isFixed(text) ? fixed(text) : null;
    Date date = time == null ? headers.getDate(name) : null;
    return date == null ? time : date.toInstant();
  }

  private static boolean isFixed(String text) {
    for (int i = 0; i < FORM.length() && text.length() == FORM.length(); i++) {
      char wanted = FORM.charAt(i);
      char c = text.charAt(i);
      boolean fits =
          wanted == '0'
              ? c >= '0' && c <= '9'
              : wanted == 'x' ? Character.isLetter(c) : c == wanted;
      if (!fits) {
        return false;
      }
    }
    return text.length() == FORM.length();
  }

  private static @Nullable Instant fixed(String text) {
    int month = 1 + MONTHS.indexOf(text.substring(8, 11));
    try {
      return LocalDateTime.of(
              number(text, 12, 16),
              month,
              number(text, 5, 7),
              number(text, 17, 19),
              number(text, 20, 22),
              number(text, 23, 25))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null; // A month or a day that there is not.
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
