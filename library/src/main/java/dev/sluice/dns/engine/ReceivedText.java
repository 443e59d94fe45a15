package dev.sluice.dns.engine;

import dev.sluice.TerminalText;
import dev.sluice.dns.wire.ExtendedError;
import dev.sluice.dns.wire.ResponseCode;
import org.jspecify.annotations.Nullable;

/** What came instead of an answer, for messages. */
public final class ReceivedText {
  private ReceivedText() {}

  /**
   * An error code, with the reason that the server gives.
   *
   * @param rcode the RCODE
   * @param error the reason; null if the server gives none
   */
  public static String ofCode(int rcode, @Nullable ExtendedError error) {
    String code = ResponseCode.name(rcode);
    return error == null ? code : code + " (" + reason(error) + ")";
  }

  /**
   * A denial of a server that says that it blocks the name.
   *
   * @param error what the server says
   */
  public static String ofBlocked(ExtendedError error) {
    return "NXDOMAIN, because the resolver blocks the name (" + reason(error) + "),";
  }

  private static String reason(ExtendedError error) {
    return "Extended DNS Error "
        + error.code()
        + (error.name().isEmpty() ? "" : ", " + error.name())
        + (error.text().isEmpty() ? "" : ": " + TerminalText.line(error.text()));
  }
}
