package dev.sluice;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a rate that a {@link LaneStore} keeps: leases of as many permits as are used in
 * {@value #AHEAD_MILLIS} ms. A permit is used when it is due or a little later; then it is lost, as
 * the permits of other processes follow. A lease of which more than a quarter was lost makes the
 * next ones smaller. Guarded by the limiter's lock.
 */
final class LeasedTokens implements Tokens {
  /** Only an answer of the store, or the end of an attempt, changes anything. */
  static final long UNTIL_TOLD = Long.MAX_VALUE;

  static final long AHEAD_MILLIS = 200;

  /** So late the last permit of a lease may be used: otherwise a slow timer would lose each. */
  private static final long MOST_LATE_NANOS = MILLISECONDS.toNanos(50);

  private static final long FIRST_BACKOFF_NANOS = MILLISECONDS.toNanos(100);
  private static final int MAX_DOUBLINGS = 4;
  private static final long LOOK_AGAIN_NANOS = SECONDS.toNanos(1);

  private final Rate rate;
  private final long spacedNanos;
  private final long lateNanos;

  /** The most permits of one lease. */
  private final int most;

  /** In the order in which they are due: the present one, and the one that follows. */
  private final Deque<Lease> leases = new ArrayDeque<>(2);

  /** How many permits the next lease has. */
  private int size = 1;

  /** Up to this size leases grow quickly. */
  private int calm;

  private boolean isAsking;
  private int failures;
  private long askAt;

  private LeasedTokens(Rate rate, long now) {
    this.rate = rate;
    spacedNanos = rate.spacedNanos();
    lateNanos = rate.lateNanos();
    most = (int) Math.max(1, MILLISECONDS.toNanos(AHEAD_MILLIS) / spacedNanos);
    calm = most;
    askAt = now;
  }

  private static final class Lease {
    private final long since;
    private final long usableUntil;
    private final int permits;
    private int left;
    private long nextAt;

    private Lease(int permits, long since, long nextAt, long usableUntil) {
      this.permits = permits;
      this.since = since;
      this.nextAt = nextAt;
      this.usableUntil = usableUntil;
      left = permits;
    }
  }

  /** The tokens of a rate, none of them leased; null for no rate. */
  static @Nullable LeasedTokens of(@Nullable Rate rate, long now) {
    return rate == null ? null : new LeasedTokens(rate, now);
  }

  Rate rate() {
    return rate;
  }

  /**
   * How many permits to ask the store for now; 0 for none. Otherwise {@link #leased} or {@link
   * #failed} follows.
   *
   * @param wanted how many attempts would start if there were permits
   */
  int toAsk(int wanted, long now) {
    dropLost(now);
    int left = leases.stream().mapToInt(lease -> lease.left).sum();
    if (isAsking || askAt - now > 0 || wanted <= left || left > size / 2) {
      return 0;
    }
    isAsking = true;
    return Math.min(size, wanted - left);
  }

  /** The store has leased so many permits, of which the last is due after this time. */
  void leased(int permits, Duration due, long now) {
    isAsking = false;
    failures = 0;
    long last = now + due.toNanos();
    long first = last - (permits - 1) * spacedNanos;
    long usable = last + Math.max(lateNanos, Math.min(MOST_LATE_NANOS, spacedNanos / 2));
    leases.add(new Lease(permits, now, first, usable));
  }

  /** The store has leased none; it is asked again after a pause, which doubles up to 1.6 s. */
  void failed(long now) {
    isAsking = false;
    askAt = now + (FIRST_BACKOFF_NANOS << Math.min(failures, MAX_DOUBLINGS));
    failures++;
  }

  @Override
  public long waitNanos(long now) {
    dropLost(now);
    Lease lease = leases.peek();
    if (lease != null) {
      return Math.max(0, lease.nextAt - now);
    }
    return isAsking || askAt - now <= 0 ? UNTIL_TOLD : askAt - now;
  }

  @Override
  public void take(long now) {
    Lease lease = leases.element();
    lease.left--;
    // Permits that were due when the lease came are a burst. The others keep their distance.
    boolean isBurst = lease.nextAt - lease.since <= 0;
    long due = isBurst || lease.nextAt - (now - lateNanos) > 0 ? lease.nextAt : now - lateNanos;
    lease.nextAt = due + spacedNanos;
    if (lease.left == 0) {
      leases.remove();
      size = Math.min(most, size < calm ? size * 2 : size + 1);
    }
  }

  private void dropLost(long now) {
    Lease lease = leases.peek();
    while (lease != null && now - lease.usableUntil > 0) {
      leases.remove();
      // A timer that is late costs a few permits at the end. More means that they are of no use.
      if (lease.left > lease.permits / 4) {
        size = Math.max(1, lease.permits - lease.left);
        calm = size;
      }
      lease = leases.peek();
    }
  }

  @Override
  public void arrivedBy(long now, long attempts) {
    Lease lease = leases.peek();
    long counted = Math.min(attempts, Math.max(rate.permits(), rate.burst()));
    long latest = now + Math.min(counted, Long.MAX_VALUE / 4 / spacedNanos) * spacedNanos;
    if (lease != null && latest - lease.nextAt > 0) {
      lease.nextAt = latest;
    }
  }

  @Override
  public long fullInNanos(long now) {
    Lease last = leases.peekLast();
    long lost = last == null ? 0 : last.usableUntil - now;
    // A lane that is forgotten while it asks would ask again for its next request.
    long told = isAsking ? LOOK_AGAIN_NANOS : askAt - now;
    return Math.max(0, Math.max(lost, told));
  }
}
