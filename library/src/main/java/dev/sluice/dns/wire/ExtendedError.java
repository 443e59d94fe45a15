package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.MessageFormat.RECORD_BYTES;
import static dev.sluice.dns.wire.MessageFormat.u16;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * An Extended DNS Error (RFC 8914): why a server answers as it does.
 *
 * @param code the INFO-CODE
 * @param text the EXTRA-TEXT as the server sent it, shortened if it is very long
 */
public record ExtendedError(int code, String text) {
  private static final int OPTION = 15;
  private static final int OPTION_HEADER = 4;
  private static final int MAX_TEXT_BYTES = 1024;
  private static final int FORGED_ANSWER = 4;
  private static final int BLOCKED = 15;
  private static final int PROHIBITED = 18;

  private static final String[] NAMES = {
    "Other Error",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDOMAIN Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
  };

  /**
   * Reads the options of a response: the first error that says that the server blocks the name,
   * else the first one; null without any.
   *
   * @param message the response
   * @param opt where its OPT record begins, behind the owner; 0 if it has none
   */
  static @Nullable ExtendedError read(byte[] message, int opt) {
    ExtendedError found = null;
    int at = opt + RECORD_BYTES;
    int end = opt == 0 ? 0 : at + u16(message, at - Short.BYTES);
    while (at + OPTION_HEADER <= end) {
      int data = at + OPTION_HEADER;
      int next = data + u16(message, at + Short.BYTES);
      if (u16(message, at) == OPTION && data + Short.BYTES <= next && next <= end) {
        int code = u16(message, data);
        if (found == null || (isBlocked(code) && !found.isBlocked())) {
          found = of(code, message, data + Short.BYTES, next);
        }
      }
      at = next;
    }
    return found;
  }

  private static ExtendedError of(int code, byte[] message, int from, int to) {
    int end = to;
    // The text may end with a NUL (RFC 8914, section 2).
    while (end > from && message[end - 1] == 0) {
      end--;
    }
    int length = Math.min(end - from, MAX_TEXT_BYTES);
    return new ExtendedError(code, new String(message, from, length, UTF_8));
  }

  /** Whether the server answers so by a policy of its own, whatever the zone of the name says. */
  public boolean isBlocked() {
    return isBlocked(code);
  }

  private static boolean isBlocked(int code) {
    return code == FORGED_ANSWER || (code >= BLOCKED && code <= PROHIBITED);
  }

  /** The name of the code; empty for one that RFC 8914 does not have. */
  public String name() {
    return code < NAMES.length ? NAMES[code] : "";
  }
}
