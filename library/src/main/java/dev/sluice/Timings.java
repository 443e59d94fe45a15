package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The times of one key in a {@linkplain Pipeline#journalled journalled} pipeline, over all its
 * attempts. The pipeline notes the waits, the attempts and the steps after them; a transport notes
 * what happens inside an attempt:
 *
 * <pre>{@code
 * Timings timings = Timings.current();
 * …
 * if (timings != null) {
 *   timings.add(Phase.CONNECT, nanos);
 * }
 * }</pre>
 *
 * <p>Two attempts at once (see {@link Hedge}) both count. Safe for use by many threads.
 */
public final class Timings {
  private static final Phase[] PHASES = Phase.values();
  private static final Phase[] INSIDE_ATTEMPTS = {
    Phase.DNS, Phase.CONNECT, Phase.FIRST_BYTE, Phase.BODY
  };

  private final RunClock clock;
  private final long began;

  // Guarded by this, as all fields below.
  private final PhaseNanos nanos = new PhaseNanos();

  private @Nullable Object lane;
  private int permits;
  private long longestWait = -1;
  private int status;
  private long receivedBytes;
  private int attempts;
  private Duration took = Duration.ZERO;
  private @Nullable Consumer<? super Throwable> late;
  private boolean rests;
  private long restsSince;
  private boolean finished;

  Timings(RunClock clock) {
    this.clock = clock;
    this.began = now();
  }

  /**
   * {@return those of the attempt that this thread works on: the thread that subscribes to the
   * work, and the thread of a blocking call; null if its pipeline is not journalled}
   *
   * <p>Null, too, on the thread of a {@code subscribeOn} of the work's own: the phases of a call
   * that begins there count as {@link Phase#ATTEMPT}.
   */
  public static @Nullable Timings current() {
    return OngoingCalls.currentTimings();
  }

  /**
   * Adds a time to a phase.
   *
   * @param phase which
   * @param nanos how long; a negative time counts as zero
   */
  public synchronized void add(Phase phase, long nanos) {
    requireNonNull(phase, "phase");
    if (!finished) {
      this.nanos.add(phase, Math.max(0, nanos));
    }
  }

  /**
   * A phase inside an attempt begins. If the outcome is there first, its time up to then counts.
   *
   * @param phase which
   */
  public synchronized void begin(Phase phase) {
    nanos.begin(requireNonNull(phase, "phase"), now());
  }

  /**
   * A phase ends; does nothing unless it has begun.
   *
   * @param phase which
   */
  public synchronized void end(Phase phase) {
    if (!finished && nanos.isOpen(phase)) {
      nanos.end(phase, now());
    }
  }

  /**
   * A phase ends, if it has begun, and another one begins at the same time.
   *
   * @param ended which ends
   * @param begun which begins
   */
  public synchronized void next(Phase ended, Phase begun) {
    requireNonNull(ended, "ended");
    requireNonNull(begun, "begun");
    long now = now();
    if (!finished && nanos.isOpen(ended)) {
      nanos.end(ended, now);
    }
    nanos.begin(begun, now);
  }

  /**
   * Notes the status of a response; the last one counts.
   *
   * @param status an HTTP status code; a negative number counts as none
   */
  public synchronized void answered(int status) {
    this.status = Math.max(0, status);
  }

  /**
   * Counts bytes of a body.
   *
   * @param bytes how many came; a negative number counts as zero
   */
  public synchronized void received(long bytes) {
    receivedBytes += Math.min(Math.max(0, bytes), Long.MAX_VALUE - receivedBytes);
  }

  /** {@return when the key was asked for; a wall clock that is set during a run has no effect} */
  public Instant start() {
    return clock.at(began);
  }

  /** {@return from the start to the outcome; never negative} */
  public synchronized Duration took() {
    return took;
  }

  /**
   * {@return the time of a phase; zero if it is not known}
   *
   * @param phase which
   */
  public synchronized Duration of(Phase phase) {
    return Duration.ofNanos(nanos.of(phase));
  }

  /**
   * Tells each phase and its time in nanoseconds; zero if it is not known.
   *
   * @param receiver called for each phase in turn
   */
  public synchronized void forEachPhase(ObjLongConsumer<Phase> receiver) {
    for (Phase phase : PHASES) {
      receiver.accept(phase, nanos.of(phase));
    }
  }

  /** {@return how many attempts were made} */
  public synchronized int attempts() {
    return attempts;
  }

  /** {@return the lane of the key; null for none} */
  public synchronized @Nullable Object lane() {
    return lane;
  }

  /**
   * {@return how many permits there were in all where the longest wait for one was: of the lane if
   * {@link Phase#LANE} was longer, else of the limiter; 0 if there was no attempt}
   */
  public synchronized int permits() {
    return permits;
  }

  /** {@return the status of the last response; 0 if there was none} */
  public synchronized int status() {
    return status;
  }

  /** {@return how many bytes of bodies came} */
  public synchronized long receivedBytes() {
    return receivedBytes;
  }

  /** Calls this with an error that comes after the outcome, and has no receiver. */
  synchronized void onLate(Consumer<? super Throwable> late) {
    this.late = late;
  }

  /** An error came that has no receiver. */
  void late(Throwable error) {
    Consumer<? super Throwable> receiver;
    synchronized (this) {
      receiver = late;
    }
    if (receiver != null) {
      receiver.accept(error);
    }
  }

  /** An attempt asks for its permit. */
  synchronized void asksIn(@Nullable Object lane) {
    this.lane = lane;
    endRest();
  }

  /** The wait for the next attempt begins. */
  synchronized void rests() {
    rests = true;
    restsSince = now();
  }

  private void endRest() {
    if (rests) {
      rests = false;
      add(Phase.BACKOFF, now() - restsSince);
    }
  }

  /** A wait for one of so many permits is over. */
  synchronized void waited(long nanos, int permits) {
    if (nanos > longestWait) {
      longestWait = nanos;
      this.permits = permits;
    }
  }

  /** The outcome is there: later times do not count. */
  synchronized Timings finish(int attempts) {
    if (!finished) {
      endRest();
      long now = now();
      long attempt = nanos.of(Phase.ATTEMPT);
      for (Phase phase : INSIDE_ATTEMPTS) {
        if (nanos.isOpen(phase)) {
          nanos.end(phase, now);
        }
        attempt = Math.max(0, attempt - nanos.of(phase));
      }
      finished = true;
      this.attempts = attempts;
      // The timer may follow a wall clock that is set back.
      took = Duration.ofNanos(Math.max(0, now - began));
      nanos.set(Phase.ATTEMPT, attempt);
    }
    return this;
  }

  long began() {
    return began;
  }

  long now() {
    return clock.nanos();
  }
}
