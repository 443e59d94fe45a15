package dev.sluice.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * The answer for a name that exists.
 *
 * @param addresses the name's addresses; empty if it has no address record (NODATA, RFC 2308)
 * @param wildcard whether the answer may come from a wildcard of the zone (RFC 4592); set by {@link
 *     Wildcards} only
 */
public record Answer(List<InetAddress> addresses, boolean wildcard) {
  /**
   * Copies the list.
   *
   * @param addresses the name's addresses
   * @param wildcard whether the answer may come from a wildcard
   */
  public Answer {
    addresses = List.copyOf(addresses);
  }

  /**
   * {@return an answer that comes from no known wildcard}
   *
   * @param addresses the name's addresses, or none
   */
  public static Answer of(List<InetAddress> addresses) {
    return new Answer(addresses, false);
  }
}
