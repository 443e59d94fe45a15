package dev.sluice.dns.engine;

import dev.sluice.dns.wire.Cookie;
import dev.sluice.dns.wire.RandomBits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one name server: what it understands, how it does, how busy it is. {@link
 * ServerSelection} keeps each server in one place at a time.
 */
final class Server extends IntrusiveList.Node<Server> {
  /** After so many failures in a row, a server rests. */
  private static final int MAX_FAILURES = 8;

  /** The rest is doubled by each further failure, this many times at most. */
  private static final int MAX_DOUBLINGS = 6;

  /** 40 a second: below the usual limits of public resolvers. */
  private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private static final long SLOWING_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Where a server waits for its next query. */
  enum Place {
    /** Nowhere: it is asked by name. */
    NOWHERE,
    /** It may be asked. */
    READY,
    /** It failed, and has its turn less often. */
    RESTING,
    /** Its rate allows the next query later. */
    PACED,
    /** It has as many queries in flight as it may. */
    FULL
  }

  final InetSocketAddress address;
  final int index;

  /** False once the server answered without EDNS what it refused with EDNS. */
  boolean edns = true;

  /** True once the server answered by TCP with the question in lower case. */
  boolean lowersCase;

  /** The cookie for it; null without cookies. */
  @Nullable Cookie cookie;

  /** The address of this machine that the cookie was made for. */
  private @Nullable InetAddress cookieOf;

  Place place = Place.NOWHERE;

  /** The turn, or the time, at which it leaves its place; which one depends on the place. */
  long until;

  /** Whether it is about to get the query that shows if it has recovered. */
  boolean isTried;

  /** Whether its rate counts a query already. */
  boolean isPaced;

  /** When its rate allows the next query, in the loop's nanoseconds. */
  long nextAt;

  // What is known of its truth, where there are trusted servers.

  /** Whether it has passed the canaries. */
  boolean isProven;

  /** Whether it has lied. */
  boolean isDropped;

  /** Whether it has told the addresses of a name as the trusted servers do. */
  boolean provesAddresses;

  /** How often in a row it told other addresses. */
  int others;

  /** Canaries that showed nothing. */
  int unclear;

  int failedTests;

  /** The time between two queries that it was seen to need; 0 if it never refused. */
  long ownIntervalNanos;

  private long slowedAt;

  private final @Nullable IntrusiveList<Server> ready;
  private final int limit;
  private final AtomicLongArray counts = new AtomicLongArray(ServerEvent.COUNT);
  private int failures;
  private int inFlight;

  /** A server that queries name. */
  Server(InetSocketAddress address, int index) {
    this(address, index, Integer.MAX_VALUE, null);
  }

  /**
   * A server of the options.
   *
   * @param limit how many queries may be in flight
   * @param ready the list that it goes to when it may be asked
   */
  Server(InetSocketAddress address, int index, int limit, @Nullable IntrusiveList<Server> ready) {
    this.address = address;
    this.index = index;
    this.limit = limit;
    this.ready = ready;
  }

  /**
   * Makes a cookie, a new one for a new address of this machine: with the old one, the server could
   * recognise the machine (RFC 9018, section 3).
   */
  void needCookie(InetAddress local, RandomBits random) {
    if (!local.equals(cookieOf)) {
      cookieOf = local;
      cookie = new Cookie(random.next());
    }
  }

  /** Counts an event; on the loop's thread. */
  void count(ServerEvent event) {
    int at = event.slot;
    counts.setOpaque(at, counts.getPlain(at) + 1);
  }

  /** How often an event was counted; on any thread. */
  long counted(ServerEvent event) {
    return counts.getOpaque(event.slot);
  }

  /** Whether the server failed so often in a row that others are asked first. */
  boolean isFailing() {
    return failures >= MAX_FAILURES;
  }

  /** How many times the rest is doubled. */
  int doublings() {
    return Math.min(failures - MAX_FAILURES, MAX_DOUBLINGS);
  }

  void noteAnswer() {
    count(ServerEvent.ANSWERED);
    failures = 0;
    if (place == Place.RESTING) {
      makeReady();
    }
  }

  /** The server's port is closed: servers that lose queries now and then come first. */
  void noteRefusal() {
    failures = Math.max(failures, MAX_FAILURES);
  }

  void noteFailure() {
    failures = Math.min(failures + 1, MAX_FAILURES + MAX_DOUBLINGS);
  }

  /** Notes that a server that answers has refused a query: it limits the rate. */
  void slowDown(long now) {
    if (ownIntervalNanos == 0) {
      ownIntervalNanos = FIRST_INTERVAL_NANOS;
    } else if (now - slowedAt > SLOWING_NANOS) {
      ownIntervalNanos = Math.min(2 * ownIntervalNanos, SLOWING_NANOS);
    } else {
      return;
    }
    slowedAt = now;
    // A pause, so that the queries of the last second no longer count.
    isPaced = true;
    nextAt = now + SLOWING_NANOS;
  }

  /** Puts the server behind those that may be asked. */
  void makeReady() {
    if (ready != null && !isDropped) {
      place = Place.READY;
      ready.add(this);
    }
  }

  void queryAdded() {
    inFlight++;
  }

  void queryRemoved() {
    inFlight--;
    if (place == Place.FULL && inFlight < limit) {
      IntrusiveList.unlink(this);
      makeReady();
    }
  }

  int inFlight() {
    return inFlight;
  }

  /** Whether one more query is the last that may be in flight. */
  boolean isAlmostFull() {
    return inFlight + 1 >= limit;
  }
}
