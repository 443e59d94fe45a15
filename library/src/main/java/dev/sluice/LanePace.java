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

  private final Object lane;
  private Lanes bounds;

  /** Why no attempt may start, as {@link #blockedNanos} last found. */
  private Phase blockedBy = Phase.PERMIT;

  private @Nullable TokenBucket tokens;
  private RetryBudget retries;
  private @Nullable AdaptiveLimit adaptive;
  private int inFlight;

  /** How many attempts have started since the lane was made. */
  private long started;

  private long parkedUntil;
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
    bound(bounds, now);
  }

  /** Sets other bounds, from now on. */
  void bound(Lanes newBounds, long now) {
    bounds = newBounds;
    retries = RetryBudget.of(newBounds.retryBudget());
    tokens = TokenBucket.of(newBounds.rate(lane), now);
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

    private Admission(int epoch, int adaptiveEpoch, boolean scout, long number) {
      this.epoch = epoch;
      this.adaptiveEpoch = adaptiveEpoch;
      this.scout = scout;
      this.number = number;
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
    return new Admission(epoch, adaptive == null ? 0 : adaptive.epoch(), halfOpen, started);
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
    park(wait + DescribedBackoff.spreadNanos(wait, random), now);
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
