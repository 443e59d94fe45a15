package dev.sluice.netty;

import dev.sluice.http.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which the addresses of a name are tried, one after another, as over OkHttp: first
 * those that answered before, last those that did not (RFC 8305, without its parallel connects).
 *
 * <p>Thread-safe.
 */
final class Addresses {
  private static final int WORKED = 1;
  private static final int FAILED = -1;
  private static final int MOST = 1_000;

  /** The default of a policy. */
  static final Duration ATTEMPT = Duration.ofSeconds(10);

  private volatile Duration attempt = ATTEMPT;

  // Guarded by this. Forgets the eldest entries: redirects may lead to any number of hosts.
  private final Map<InetAddress, Address> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Address> eldest) {
          return size() > MOST;
        }
      };

  /** Looks a name up, and returns its addresses in the order in which they are to be tried. */
  List<Address> of(String host) throws UnknownHostException {
    InetAddress[] found = InetAddress.getAllByName(host);
    synchronized (this) {
      return Arrays.stream(found)
          .map(address -> known.computeIfAbsent(address, Address::new))
          .sorted(Comparator.comparing(address -> -address.rank))
          .toList();
    }
  }

  /**
   * Leaves time for the last address of a name.
   *
   * @param all how long an attempt may take
   */
  void shareOut(Duration all) {
    attempt = all;
  }

  /** How long each of so many addresses may take to connect, if it is not the last one. */
  int connectMillis(int addresses) {
    return (int) Math.max(1, Transport.connectTime(attempt, addresses).toMillis());
  }

  /** An address, and whether connections to it have answered. */
  final class Address {
    private final InetAddress address;

    /** Written under the lock of {@link Addresses}. */
    private volatile int rank;

    private Address(InetAddress address) {
      this.address = address;
    }

    /** For one connection. */
    Trial trial() {
      return new Trial(this);
    }
  }

  /** One connection to an address. Any thread may say what it shows. */
  final class Trial {
    private final Address address;

    /** Whether it has answered or ended. Written under the lock of {@link Addresses}. */
    private volatile boolean isOver;

    private Trial(Address address) {
      this.address = address;
    }

    InetSocketAddress at(int port) {
      return new InetSocketAddress(address.address, port);
    }

    /** Each answer counts: other connections to the address may have been cancelled. */
    void worked() {
      if (!isOver || address.rank != WORKED) {
        synchronized (Addresses.this) {
          isOver = true;
          address.rank = WORKED;
        }
      }
    }

    void didNotConnect() {
      end(FAILED);
    }

    /**
     * The end of a connection that has not answered. One does not outweigh earlier success: the
     * call may have been cancelled.
     */
    void wasSilent() {
      synchronized (Addresses.this) {
        end(Math.max(address.rank - 1, FAILED));
      }
    }

    private void end(int rank) {
      synchronized (Addresses.this) {
        if (!isOver) {
          isOver = true;
          address.rank = rank;
        }
      }
    }
  }
}
