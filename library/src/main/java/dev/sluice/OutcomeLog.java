package dev.sluice;

import java.io.IOException;

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
      public void check() throws IOException {
        first.check();
        next.check();
      }
    };
  }
}
