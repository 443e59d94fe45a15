package dev.sluice.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * A name that exists.
 *
 * @param addresses its addresses; none when the name has no address record (NODATA, RFC 2308)
 * @param wildcard whether its zone answers every name so, and this one may exist in no other way
 *     (RFC 4592)
 */
public record Answer(List<InetAddress> addresses, boolean wildcard) {
  /**
   * Copies the list.
   *
   * @param addresses {@link #addresses()}
   * @param wildcard {@link #wildcard()}
   */
  public Answer {
    addresses = List.copyOf(addresses);
  }

  /**
   * {@return a name with these addresses, and no wildcard known}
   *
   * @param addresses none for a name without one
   */
  public static Answer of(List<InetAddress> addresses) {
    return new Answer(addresses, false);
  }
}
