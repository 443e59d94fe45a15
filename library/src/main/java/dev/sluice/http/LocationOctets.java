package dev.sluice.http;

import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Response;

/** The octets of a {@code Location} that are not ASCII, as the server sent them. */
final class LocationOctets {
  private static final String HEADER = "Location";
  private static final String NAME = "location:";

  private LocationOctets() {}

  /**
   * {@return the head with such octets percent-encoded}
   *
   * @param head one char for each octet
   */
  static String encoded(String head) {
    if (isAscii(head)) {
      return head;
    }
    StringBuilder all = new StringBuilder(head.length() + 64);
    for (String line : head.split("(?<=\n)", -1)) {
      all.append(line.regionMatches(true, 0, NAME, 0, NAME.length()) ? encodedLine(line) : line);
    }
    return all.toString();
  }

  /**
   * {@return the response with such octets percent-encoded: OkHttp would encode them as UTF-8}
   *
   * @param response whose headers have one char for each octet
   */
  static Response encoded(Response response) {
    if (response.headers(HEADER).stream().allMatch(LocationOctets::isAscii)) {
      return response;
    }
    Headers.Builder all = new Headers.Builder();
    Headers headers = response.headers();
    for (int i = 0; i < headers.size(); i++) {
      boolean isLocation = headers.name(i).equalsIgnoreCase(HEADER);
      String value = headers.value(i);
      all.addUnsafeNonAscii(headers.name(i), isLocation ? encodedLine(value) : value);
    }
    return response.newBuilder().headers(all.build()).build();
  }

  private static boolean isAscii(String head) {
    for (int i = 0; i < head.length(); i++) {
      if (head.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String encodedLine(String line) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      encoded.append(c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return encoded.toString();
  }
}
