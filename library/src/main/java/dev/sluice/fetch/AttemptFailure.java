package dev.sluice.fetch;

import dev.sluice.RetryHint;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A failed attempt at a download, and whether another one follows: at this URL or a mirror. */
final class AttemptFailure extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  private final IOException failure;
  private final boolean hasNext;
  private final boolean sameUrl;

  /**
   * Wraps a failure.
   *
   * @param hasNext whether there is another attempt
   * @param sameUrl whether that asks the same server, which may have asked for a wait
   */
  AttemptFailure(IOException failure, boolean hasNext, boolean sameUrl) {
    super(failure.getMessage(), failure);
    this.failure = failure;
    this.hasNext = hasNext;
    this.sameUrl = sameUrl;
  }

  IOException failure() {
    return failure;
  }

  @Override
  public boolean isTransient() {
    return hasNext;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return sameUrl && failure instanceof RetryHint hint ? hint.retryAfter() : Optional.empty();
  }

  @Override
  public boolean isOverload() {
    return failure instanceof RetryHint hint && hint.isOverload();
  }
}
