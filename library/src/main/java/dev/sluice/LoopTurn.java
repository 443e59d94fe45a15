package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.OutcomeBatch.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an event loop: what its thread does with the answers that have come, until it waits
 * for more. A {@linkplain Pipeline#journalled journalled} pipeline records the outcomes of a turn
 * together, up to 64 at once, and then emits them on the same thread, before the turn ends. So a
 * log costs one write for many outcomes.
 *
 * <pre>{@code
 * LoopTurn.run(() -> answers.forEach(this::deliver));
 * }</pre>
 *
 * <p>For transports and resolvers of your own: the outcome of a work that completes outside of any
 * turn is recorded and emitted at once, by itself. The DNS engine of the library has turns, and so
 * have small files that are written together; another thread may record those.
 *
 * <p>Where a step of the turn or a subscriber may block, and other outcomes must not wait for it:
 *
 * <pre>{@code
 * Queue<Runnable> emissions = new ConcurrentLinkedQueue<>();
 * LoopTurn turn = LoopTurn.emittingBy(emissions::add);
 * answers.forEach(answer -> turn.step(() -> deliver(answer)));
 * turn.record(); // or another thread, if a step takes too long
 * for (Runnable next = emissions.poll(); next != null; next = emissions.poll()) {
 *   next.run();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class LoopTurn {
  /** So that what an outcome starts does not wait for the rest of a long turn. */
  private static final int MOST_AT_ONCE = 64;

  private static final ThreadLocal<@Nullable LoopTurn> CURRENT = new ThreadLocal<>();

  private final Executor emission;

  // Guarded by this, as all fields below.
  private List<OutcomeBatch<?>> batches = new ArrayList<>();

  /** The number of entries in the batches. */
  private int size;

  private boolean isRecording;

  private LoopTurn(Executor emission) {
    this.emission = emission;
  }

  /**
   * What is done in a turn.
   *
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface Step<X extends Exception> {
    /**
     * Completes works. Must not wait for the outcome of any.
     *
     * @throws X as it likes; what has completed is recorded and emitted all the same
     */
    void run() throws X;
  }

  /**
   * Runs a turn on this thread. Inside another turn, it is a part of that.
   *
   * @param step what is done in it
   * @param <X> what the step throws
   * @throws X what the step throws
   */
  public static <X extends Exception> void run(Step<X> step) throws X {
    requireNonNull(step, "step");
    LoopTurn turn = new LoopTurn(Runnable::run);
    try {
      turn.step(step);
    } finally {
      turn.record();
    }
  }

  /**
   * {@return a turn of several steps, which emits in another way}
   *
   * @param emission runs what emits an outcome; what it refuses by an exception is emitted by the
   *     thread that records
   */
  public static LoopTurn emittingBy(Executor emission) {
    return new LoopTurn(requireNonNull(emission, "emission"));
  }

  /**
   * Runs one step of this turn on this thread. Inside another turn, it is a part of that.
   *
   * @param step what is done in it
   * @param <X> what the step throws
   * @throws X what the step throws
   */
  public <X extends Exception> void step(Step<X> step) throws X {
    requireNonNull(step, "step");
    if (CURRENT.get() != null) {
      step.run();
      return;
    }
    CURRENT.set(this);
    try {
      step.run();
    } finally {
      CURRENT.remove();
    }
  }

  /**
   * Records the outcomes so far, and has them emitted. Returns at once if another thread is at it:
   * that one records these, too.
   */
  public void record() {
    if (!beginsToRecord()) {
      return;
    }
    LoopTurn outer = CURRENT.get();
    CURRENT.set(this);
    try {
      // A receiver may complete further works: their outcomes are recorded after those so far.
      for (List<OutcomeBatch<?>> due = next(); !due.isEmpty(); due = next()) {
        due.forEach(batch -> batch.record(emission));
      }
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  private synchronized boolean beginsToRecord() {
    boolean begins = !isRecording;
    isRecording = true;
    return begins;
  }

  /** What is to be recorded next; with nothing, the recording is over. */
  private synchronized List<OutcomeBatch<?>> next() {
    List<OutcomeBatch<?>> due = batches;
    if (due.isEmpty()) {
      isRecording = false;
    } else {
      batches = new ArrayList<>();
      size = 0;
    }
    return due;
  }

  /** Records an entry, now or within the turn, and then tells the receiver. */
  static <E> void record(OutcomeLog<? super E> log, E entry, Receiver receiver) {
    LoopTurn turn = CURRENT.get();
    if (turn == null) {
      receiver.recorded(OutcomeBatch.failure(log, entry));
    } else if (turn.add(log, entry, receiver) >= MOST_AT_ONCE) {
      turn.record();
    }
  }

  /** Returns how many entries there are. */
  private synchronized <E> int add(OutcomeLog<? super E> log, E entry, Receiver receiver) {
    this.<E>batch(log).add(entry, receiver);
    size++;
    return size;
  }

  @SuppressWarnings("unchecked") // The batch of a log takes what the log takes.
  private <E> OutcomeBatch<E> batch(OutcomeLog<? super E> log) {
    for (OutcomeBatch<?> batch : batches) {
      if (batch.isFor(log)) {
        return (OutcomeBatch<E>) batch;
      }
    }
    OutcomeBatch<E> batch = new OutcomeBatch<>(log);
    batches.add(batch);
    return batch;
  }
}
