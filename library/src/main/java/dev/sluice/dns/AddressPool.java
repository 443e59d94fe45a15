package dev.sluice.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The addresses that a wildcard with changing addresses has been seen to give. Not thread-safe. */
final class AddressPool {
  /** How many addresses are kept; with so many, there may be any number. */
  private static final int MOST = 64;

  /** With fewer answers, an address that was not seen yet shows nothing. */
  private static final int ENOUGH = 7;

  /** How often each address was seen. */
  private final Map<InetAddress, Integer> seen = new HashMap<>();

  private int answers;

  void add(Set<InetAddress> addresses) {
    answers++;
    for (InetAddress address : addresses) {
      if (seen.size() < MOST || seen.containsKey(address)) {
        seen.merge(address, 1, Integer::sum);
      }
    }
  }

  /** Whether the wildcard may give these addresses. */
  boolean mayGive(Set<InetAddress> addresses) {
    return !isKnown() || addresses.stream().anyMatch(seen::containsKey);
  }

  /**
   * Whether few addresses can be missing: the chance of an unseen one is the share of those that
   * were seen once (the estimate of Good and Turing).
   */
  private boolean isKnown() {
    long once = seen.values().stream().filter(times -> times == 1).count();
    return answers >= ENOUGH && seen.size() < MOST && once <= 1;
  }
}
