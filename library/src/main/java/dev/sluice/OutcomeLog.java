package dev.sluice;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Where a {@linkplain Pipeline#journalled journalled} pipeline records its outcomes; {@code
 * dev.sluice.journal.Journal} is a file of them.
 *
 * @param <E> what is recorded for an outcome
 */
@FunctionalInterface
public interface OutcomeLog<E> {
  /**
   * Records one outcome. Called by many threads at once, before the outcome is emitted.
   *
   * @param entry what is recorded
   * @throws IOException if it cannot be recorded; then the outcome is a failure with this cause
   */
  void append(E entry) throws IOException;

  /**
   * Records outcomes that came in one {@linkplain LoopTurn turn of an event loop}, before any of
   * them is emitted. Appends them one by one by default; an exception of {@link #append} that is no
   * {@code IOException} then ends the run of its entry, and the other entries are recorded.
   *
   * @param entries what is recorded, in the order of the outcomes
   * @param failed told why an entry is not recorded, and its index; the outcome is then a failure
   *     with this cause
   */
  default void appendAll(List<? extends E> entries, ObjIntConsumer<? super IOException> failed) {
    for (int i = 0; i < entries.size(); i++) {
      Throwable failure = OutcomeBatch.failure(this, entries.get(i));
      if (failure != null) {
        failed.accept(LogBugException.wrapped(failure), i);
      }
    }
  }

  /**
   * Says whether recording still works. Called before each key, so that no request is made whose
   * outcome could not be recorded. Does nothing by default.
   *
   * @throws IOException if it does not; then the outcome is a failure with this cause
   */
  default void check() throws IOException {}

  /**
   * {@return a log that records in this one, then in another}
   *
   * @param next where entries go that this log has recorded
   */
  default OutcomeLog<E> and(OutcomeLog<? super E> next) {
    OutcomeLog<E> first = this;
    return new OutcomeLog<>() {
      @Override
      public void append(E entry) throws IOException {
        first.append(entry);
        next.append(entry);
      }

      @Override
      public void appendAll(List<? extends E> entries, ObjIntConsumer<? super IOException> failed) {
        BitSet missing = new BitSet();
        first.appendAll(
            entries,
            (e, i) -> {
              missing.set(i);
              failed.accept(e, i);
            });
        for (int i = missing.nextClearBit(0); i < entries.size(); i = missing.nextClearBit(i + 1)) {
          Throwable failure = OutcomeBatch.failure(next, entries.get(i));
          if (failure != null) {
            failed.accept(LogBugException.wrapped(failure), i);
          }
        }
      }

      @Override
      public void check() throws IOException {
        first.check();
        next.check();
      }
    };
  }
}
