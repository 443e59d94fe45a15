package dev.sluice.dns.wire;

/** Response codes (RCODE: RFC 1035, section 4.1.1; RFC 6891, section 9; RFC 7873, section 8). */
public final class ResponseCode {
  public static final int NOERROR = 0;
  public static final int FORMERR = 1;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int NOTIMP = 4;
  public static final int REFUSED = 5;
  public static final int BADVERS = 16;
  public static final int BADCOOKIE = 23;

  private static final String[] NAMES = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
  };

  private ResponseCode() {}

  /** The name of a code, for a message. */
  public static String name(int code) {
    return code == BADCOOKIE ? "BADCOOKIE" : code < NAMES.length ? NAMES[code] : "RCODE " + code;
  }
}
