package dev.sluice.samples.servers.dns;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The RCODE of a response (RFC 1035, section 4.1.1; RFC 2136 and 6891). */
public enum Rcode {
  NOERROR(0),
  FORMERR(1),
  SERVFAIL(2),
  NXDOMAIN(3),
  NOTIMP(4),
  REFUSED(5),
  YXDOMAIN(6),
  NOTAUTH(9),
  /** Needs EDNS: its upper bits travel in the OPT record. */
  BADVERS(16);

  private final int code;

  Rcode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * Reads a name such as {@code SERVFAIL}, in any case.
   *
   * @throws IllegalArgumentException if no RCODE has this name; the message says what is allowed
   */
  public static Rcode parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(rcode -> rcode != BADVERS && rcode.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(refusal(text)));
  }

  private static String refusal(String text) {
    String allowed =
        Arrays.stream(values())
            .filter(rcode -> rcode != BADVERS)
            .map(Rcode::name)
            .collect(Collectors.joining(", "));
    return "'" + text + "' is not an RCODE: allowed are " + allowed;
  }
}
