package dev.sluice.dns;

/** Response codes (RCODE: RFC 1035, section 4.1.1; RFC 6891, section 9). */
final class ResponseCode {
  static final int NOERROR = 0;
  static final int FORMERR = 1;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int NOTIMP = 4;
  static final int REFUSED = 5;
  static final int BADVERS = 16;

  private static final String[] NAMES = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
  };

  private ResponseCode() {}

  /** The name of a code, for a message. */
  static String name(int code) {
    return code < NAMES.length ? NAMES[code] : "RCODE " + code;
  }
}
