package dev.sluice;

import dev.sluice.LimiterUsage.Circuit;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the next attempt of a lane may start: by its limit, its rate, what its server refuses and
 * what it still allows. Times are monotonic nanoseconds, of which only differences count. Guarded
 * by the limiter's lock.
 */
final class LanePace {
  /** Only the end of an attempt makes room. */
  static final long UNTIL_RELEASE = Long.MAX_VALUE;

  private static final long FIRST_PARKING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MAX_DOUBLINGS = 30;

  /** A server may round its seconds down; so much later its quota is really new: at most 1 s. */
  private static final long MOST_SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The slack is this part of the time until the reset. */
  private static final int SLACK_PART = 10;

  private static final long UNKNOWN = -1;

  /** Pauses whose ends are no further apart are one: an answer of the store takes time. */
  private static final long SAME_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Object lane;
  private Lanes bounds;

  /** Why no attempt may start, as {@link #blockedNanos} last found. */
  private Phase blockedBy = Phase.PERMIT;

  private @Nullable Tokens tokens;
  private RetryBudget retries;
  private @Nullable AdaptiveLimit adaptive;
  private int inFlight;

  /** How many attempts have started since the lane was made. */
  private long started;

  private long parkedUntil;

  /** The end of the latest pause that a store was told of, or has told. */
  private long sharedUntil;

  /** A pause that the store has not been told of; 0 for none. */
  private long untoldPause;

  private boolean parked;
  private boolean halfOpen;
  private boolean scoutOut;

  /** Overloads in a row, of attempts that started after the last pause. */
  private int overloads;

  /** Grows with each pause; an attempt of an earlier epoch says nothing new. */
  private int epoch;

  /** How many attempts the server's quota still allows, or UNKNOWN. */
  private long quota = UNKNOWN;

  /** What the quota is at its beginning, as far as it was ever seen. */
  private long wholeQuota = UNKNOWN;

  private long quotaResetAt;

  /** From one reset to the next, as far as it was ever seen. */
  private long quotaWindowNanos;

  /** Whether the quota is what we expect after a reset, not what the server said. */
  private boolean quotaExpected;

  LanePace(Object lane, Lanes bounds, long now) {
    this.lane = lane;
    sharedUntil = now;
    bound(bounds, now);
  }

  /** Sets other bounds, from now on. */
  void bound(Lanes newBounds, long now) {
    bounds = newBounds;
    retries = RetryBudget.of(newBounds.retryBudget());
    Rate rate = newBounds.rate(lane);
    tokens = newBounds.store() == null ? TokenBucket.of(rate, now) : LeasedTokens.of(rate, now);
    adaptive =
        newBounds.adaptiveLeast() == 0
            ? null
            : new AdaptiveLimit(newBounds.adaptiveLeast(), newBounds.limit());
  }

  /** What is known of an attempt since its start. */
  static final class Admission {
    private final int epoch;
    private final int adaptiveEpoch;
    private boolean scout;

    /** How many attempts had started in the lane, with this one. */
    private final long number;

    /** What it fails with instead of being made; null if it is made. */
    private final @Nullable LaneStoreException refusal;

    private Admission(
        int epoch,
        int adaptiveEpoch,
        boolean scout,
        long number,
        @Nullable LaneStoreException refusal) {
      this.refusal = refusal;
      this.epoch = epoch;
      this.adaptiveEpoch = adaptiveEpoch;
      this.scout = scout;
      this.number = number;
    }

    /** What it fails with instead of being made; null if it is made. */
    @Nullable LaneStoreException refusal() {
      return refusal;
    }
  }

  int inFlight() {
    return inFlight;
  }

  /** How many attempts may be in flight at present. */
  int limit() {
    return adaptive == null ? bounds.limit() : adaptive.limit();
  }

  /** How many the server has counted for sure when it counts the attempt that has just started. */
  long counted() {
    return started - inFlight + 1;
  }

  RetryBudget retries() {
    return retries;
  }

  /** How long no attempt may start: 0, nanoseconds, or UNTIL_RELEASE. */
  long blockedNanos(long now) {
    if (inFlight >= limit()) {
      blockedBy = Phase.LANE;
      return UNTIL_RELEASE;
    }
    blockedBy = Phase.PAUSE;
    long pause = parkedNanos(now);
    if (pause > 0) {
      return pause;
    }
    if (halfOpen && scoutOut) {
      return UNTIL_RELEASE;
    }
    long quotaWait = quotaNanos(now);
    long tokenWait = tokens == null ? 0 : tokens.waitNanos(now);
    if (tokenWait == LeasedTokens.UNTIL_TOLD && quotaWait > 0) {
      // The store is asked when the quota is new.
      return quotaWait;
    }
    blockedBy = tokenWait > quotaWait ? Phase.RATE : Phase.PAUSE;
    return Math.max(quotaWait, tokenWait);
  }

  /** Why no attempt may start, if {@link #blockedNanos} has just said so. */
  Phase blockedBy() {
    return blockedBy;
  }

  private long parkedNanos(long now) {
    if (parked && parkedUntil - now <= 0) {
      parked = false;
      halfOpen = true;
    }
    return parked ? parkedUntil - now : 0;
  }

  private long quotaNanos(long now) {
    if (quota == UNKNOWN) {
      return 0;
    }
    if (quotaResetAt - now <= 0) {
      quota = wholeQuota;
      quotaExpected = true;
      quotaResetAt = now + quotaWindowNanos;
    }
    return quota > 0 ? 0 : quotaResetAt - now;
  }

  /** One of the waiting requests starts. */
  Admission started(long now) {
    inFlight++;
    started++;
    retries.attempted();
    if (tokens != null) {
      tokens.take(now);
    }
    if (quota > 0) {
      quota--;
    }
    scoutOut |= halfOpen;
    return new Admission(epoch, adaptive == null ? 0 : adaptive.epoch(), halfOpen, started, null);
  }

  /** One of the waiting requests fails, because the limits are not known. */
  Admission refused(LaneStoreException refusal) {
    inFlight++;
    return new Admission(epoch, 0, false, started, refusal);
  }

  /** The permits of the rate that a store keeps, if it is worth asking for some; null if not. */
  @Nullable LeasedTokens leasable(long now) {
    boolean isFull = inFlight >= limit() || (halfOpen && scoutOut);
    return tokens instanceof LeasedTokens leased
            && !isFull
            && parkedNanos(now) == 0
            && quotaNanos(now) == 0
        ? leased
        : null;
  }

  /** How many of so many waiting requests may start after each other, as far as is known. */
  int startable(int waiting) {
    return halfOpen ? Math.min(1, waiting) : waiting;
  }

  /** An attempt has ended, by whatever. */
  void released(Admission attempt) {
    inFlight--;
    if (attempt.scout) {
      attempt.scout = false;
      scoutOut = false;
    }
  }

  /** An attempt had an answer or failed with this error. Called before {@link #released}. */
  void answered(Admission attempt, @Nullable Throwable error, long now) {
    if (attempt.refusal != null) {
      return;
    }
    if (tokens != null && (attempt.number == 1 || attempt.scout)) {
      tokens.arrivedBy(now, started - attempt.number + 1);
    }
    boolean isCurrent = attempt.epoch == epoch;
    RetryHint hint = error instanceof RetryHint h && h.isOverload() ? h : null;
    if (adaptive != null) {
      if (hint != null || error instanceof DeadlineException) {
        adaptive.overloaded(attempt.adaptiveEpoch);
      } else if (error == null) {
        adaptive.answered(attempt.adaptiveEpoch, inFlight);
      }
    }
    if (hint != null) {
      overloaded(isCurrent, hint.retryAfter().orElse(Duration.ZERO), now);
    } else if (isCurrent) {
      overloads = 0;
      halfOpen = false;
    }
  }

  private void overloaded(boolean isCurrent, Duration asked, long now) {
    long longest = longestNanos();
    if (longest == 0) {
      return;
    }
    long nanos = DurationText.nanos(asked);
    if (isCurrent) {
      epoch++;
      overloads++;
      if (nanos == 0) {
        nanos = FIRST_PARKING_NANOS << Math.min(overloads - 1, MAX_DOUBLINGS);
      }
    }
    long wait = Math.min(nanos, longest);
    double random = ThreadLocalRandom.current().nextDouble();
    long pause = wait + DescribedBackoff.spreadNanos(wait, random);
    park(pause, now);
    untoldPause = Math.max(untoldPause, pause);
    sharedUntil = parkedUntil;
  }

  /** A pause that the store has to be told of; zero for none. */
  Duration untoldPause() {
    Duration pause = Duration.ofNanos(untoldPause);
    untoldPause = 0;
    return pause;
  }

  /** Another process has parked the lane, or this one has, and the store repeats it. */
  void parkedElsewhere(long nanos, long now) {
    long pause = Math.min(nanos, longestNanos());
    boolean isNew = pause > 0 && now + pause - sharedUntil > SAME_PAUSE_NANOS;
    if (isNew) {
      sharedUntil = now + pause;
      epoch++;
      park(pause, now);
    }
  }

  /** The longest pause; a quarter of what can be counted, so that sums do not overflow. */
  private long longestNanos() {
    return Math.min(bounds.parking().toNanos(), Long.MAX_VALUE / 4);
  }

  private void park(long nanos, long now) {
    if (nanos > 0 && (!parked || parkedUntil - now < nanos)) {
      parked = true;
      parkedUntil = now + nanos;
    }
  }

  /**
   * The server has said what it still allows.
   *
   * @param countedThen {@link #counted} when the attempt of this response had started
   */
  void announced(Quota announced, long countedThen, long now) {
    long longest = longestNanos();
    if (longest == 0) {
      return;
    }
    long reset = Math.min(announced.reset().toNanos(), longest);
    long slack = Math.min(MOST_SLACK_NANOS, reset / SLACK_PART);
    boolean isNewWindow =
        quota == UNKNOWN || quotaExpected || now + reset - quotaResetAt > MOST_SLACK_NANOS;
    // Requests overtake one another, so the server may not have counted earlier ones either.
    long least = Math.max(0, announced.remaining() - Math.max(0, started - countedThen));
    // Less than what is left by our own attempts: the quota has other users, too.
    boolean isShared = announced.remaining() < quota;
    quota = quota == UNKNOWN || isShared ? least : Math.max(quota, least);
    wholeQuota = Math.max(wholeQuota, announced.remaining() + 1);
    quotaExpected = false;
    if (isNewWindow) {
      quotaResetAt = now + reset + slack;
      quotaWindowNanos = Math.max(quotaWindowNanos, reset + slack);
    }
  }

  Circuit circuit(long now) {
    if (parkedNanos(now) > 0) {
      return Circuit.OPEN;
    }
    return halfOpen ? Circuit.HALF_OPEN : Circuit.CLOSED;
  }

  /** How long the lane is parked, by an overload or a quota that is used up. */
  Duration parkedFor(long now) {
    return Duration.ofNanos(Math.max(parkedNanos(now), quotaNanos(now)));
  }

  /** How long until nothing about this lane has to be remembered, if nothing else happens. */
  long idleInNanos(long now) {
    long nanos = parkedNanos(now);
    if (quota != UNKNOWN) {
      nanos = Math.max(nanos, quotaResetAt - now);
    }
    return Math.max(nanos, tokens == null ? 0 : tokens.fullInNanos(now));
  }
}
