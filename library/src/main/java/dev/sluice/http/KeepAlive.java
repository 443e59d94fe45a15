package dev.sluice.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether a connection persists after a response (RFC 9112, section 9.3). */
final class KeepAlive {
  private static final String OLD_VERSION = "HTTP/1.0";

  private KeepAlive() {}

  /**
   * {@return whether the server takes another request on the connection}
   *
   * @param head the status line and the headers
   */
  static boolean after(String head) {
    List<String> options =
        BodyEnd.values(head, "connection:").stream()
            .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split(",", -1)))
            .map(String::strip)
            .toList();
    if (!head.startsWith(OLD_VERSION)) {
      return !options.contains("close");
    }
    // A server of this version does not know Transfer-Encoding (RFC 9112, section 6.1).
    return options.contains("keep-alive")
        && !options.contains("close")
        && BodyEnd.values(head, "transfer-encoding:").isEmpty();
  }
}
