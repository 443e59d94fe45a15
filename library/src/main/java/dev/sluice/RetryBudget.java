package dev.sluice;

/**
 * Allows retries up to a share of all attempts, after a few free ones. Guarded by the limiter's
 * lock.
 */
final class RetryBudget {
  static final RetryBudget UNLIMITED = new RetryBudget(1);

  private static final int FREE = 10;

  /** Of a long time without failures not more than so many retries are saved. */
  private static final int MOST = 100;

  private final double share;
  private double saved = FREE;

  private RetryBudget(double share) {
    this.share = share;
  }

  static RetryBudget of(double share) {
    return share == 1 ? UNLIMITED : new RetryBudget(share);
  }

  void attempted() {
    if (share < 1) {
      saved = Math.min(MOST, saved + share);
    }
  }

  boolean hasOne() {
    return share == 1 || saved >= 1;
  }

  void take() {
    if (share < 1) {
      saved--;
    }
  }
}
