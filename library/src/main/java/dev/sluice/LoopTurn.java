package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.OutcomeBatch.Receiver;
import java.util.ArrayList;
import java.util.List;
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
 * turn is recorded and emitted at once, by itself. The DNS engine of the library has turns.
 */
public final class LoopTurn {
  /** So that what an outcome starts does not wait for the rest of a long turn. */
  private static final int MOST_AT_ONCE = 64;

  private static final ThreadLocal<@Nullable LoopTurn> CURRENT = new ThreadLocal<>();

  private List<OutcomeBatch<?>> batches = new ArrayList<>();

  /** The number of entries in the batches. */
  private int size;

  private boolean isRecording;

  private LoopTurn() {}

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
    if (CURRENT.get() != null) {
      step.run();
      return;
    }
    LoopTurn turn = new LoopTurn();
    CURRENT.set(turn);
    try {
      step.run();
    } finally {
      turn.recordAll();
      CURRENT.remove();
    }
  }

  /** Records an entry, now or within the turn, and then tells the receiver. */
  static <E> void record(OutcomeLog<? super E> log, E entry, Receiver receiver) {
    LoopTurn turn = CURRENT.get();
    if (turn == null) {
      receiver.recorded(OutcomeBatch.failure(log, entry));
    } else {
      turn.<E>batch(log).add(entry, receiver);
      turn.size++;
      if (turn.size >= MOST_AT_ONCE && !turn.isRecording) {
        turn.recordAll();
      }
    }
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

  /** A receiver may complete further works: their outcomes are recorded after those so far. */
  private void recordAll() {
    isRecording = true;
    while (!batches.isEmpty()) {
      List<OutcomeBatch<?>> due = batches;
      batches = new ArrayList<>();
      size = 0;
      due.forEach(OutcomeBatch::record);
    }
    isRecording = false;
  }
}
