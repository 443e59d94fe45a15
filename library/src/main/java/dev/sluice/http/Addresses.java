package dev.sluice.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Dns;

/**
 * The order in which the addresses of a name are tried, and how long each may take to connect.
 *
 * <p>OkHttp tries one address after another, each until it fails. A silent one would use up the
 * whole attempt. So every address but the last has a share of the attempt to connect in, and an
 * address that worked comes first in later attempts, one that did not answer last (RFC 8305,
 * without its parallel connects). The last address has the rest of the attempt.
 *
 * <p>Thread-safe.
 */
final class Addresses implements Dns {
  /** The longest connection attempt delay of RFC 8305, section 5. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** Enough for a connection to the other side of the earth. */
  private static final Duration LEAST = Duration.ofMillis(500);

  private static final int WORKED = 1;
  private static final int FAILED = -1;
  private static final int MOST = 1_000;

  private final Dns dns;
  private final Duration attempt;

  // Guarded by this.
  private final Map<InetAddress, Integer> ranks = new Recent<>();
  private final Map<InetAddress, Integer> clocks = new Recent<>();

  /**
   * The addresses that a resolver finds.
   *
   * @param attempt how long an attempt may take
   */
  Addresses(Dns dns, Duration attempt) {
    this.dns = dns;
    this.attempt = attempt;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>(dns.lookup(host));
    synchronized (this) {
      found.sort(Comparator.comparing(address -> -ranks.getOrDefault(address, 0)));
      int clock = (int) Math.max(1, connectTime(attempt, found.size()).toMillis());
      for (int i = 0; i < found.size(); i++) {
        if (i < found.size() - 1) {
          clocks.put(found.get(i), clock);
        } else {
          clocks.remove(found.get(i));
        }
      }
    }
    return found;
  }

  /** {@return the time to connect in milliseconds; 0 for the rest of the attempt} */
  synchronized int connectMillis(InetAddress address) {
    return clocks.getOrDefault(address, 0);
  }

  synchronized void worked(InetAddress address) {
    ranks.put(address, WORKED);
  }

  synchronized void didNotConnect(InetAddress address) {
    ranks.put(address, FAILED);
  }

  /** One silent connection does not outweigh earlier success: the call may have been cancelled. */
  synchronized void wasSilent(InetAddress address) {
    ranks.put(address, Math.max(ranks.getOrDefault(address, 0) - 1, FAILED));
  }

  /** As {@link Transport#connectTime}. */
  static Duration connectTime(Duration attempt, int addresses) {
    Duration least = min(LEAST, attempt.dividedBy(2));
    Duration share = attempt.dividedBy(addresses + 1L);
    return min(share.compareTo(least) < 0 ? least : share, LONGEST);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Forgets the eldest entries: redirects may lead to any number of hosts.
   *
   * @param <V> what is remembered of an address
   */
  private static final class Recent<V> extends LinkedHashMap<InetAddress, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<InetAddress, V> eldest) {
      return size() > MOST;
    }
  }
}
