package dev.sluice.samples.domains;

import dev.sluice.dns.DnsOptions;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** Reads the address of a name server. */
public final class ResolverAddress {
  // No host names: looking one up needs the resolver that is being set up here.
  private static final Pattern SERVER =
      Pattern.compile(
          "\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5})?|\\[[0-9a-fA-F:.]+](:\\d{1,5})?|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private ResolverAddress() {}

  /**
   * Reads one address.
   *
   * @throws IllegalArgumentException if the text is not one; the message says what is allowed
   */
  public static InetSocketAddress parse(String text) {
    try {
      if (SERVER.matcher(text).matches()) {
        return DnsOptions.parseServers(text).get(0);
      }
    } catch (IllegalArgumentException e) {
      throw refusal(text);
    }
    throw refusal(text);
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a resolver: allowed are addresses such as 192.0.2.1, 127.0.0.1:5300, ::1"
            + " and [::1]:5300");
  }
}
