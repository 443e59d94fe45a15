package dev.sluice.samples;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads where a server listens: an address, never a name, which would be asked for elsewhere. */
public final class LocalAddress {
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*|localhost");

  private LocalAddress() {}

  /**
   * The address that stands there.
   *
   * @param example one more that the message names, beside 127.0.0.1
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static InetAddress parse(String text, String example) {
    try {
      if (LITERAL.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      throw refusal(text, example);
    }
    throw refusal(text, example);
  }

  private static IllegalArgumentException refusal(String text, String example) {
    return new IllegalArgumentException(
        "'%s' is not an address: allowed are those of this machine, such as 127.0.0.1 or %s"
            .formatted(text, example));
  }
}
