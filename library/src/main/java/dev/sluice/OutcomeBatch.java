package dev.sluice;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are recorded together, and the receivers that wait for that. For one thread at a
 * time.
 *
 * @param <E> what is recorded for an outcome
 */
final class OutcomeBatch<E> {
  /** What goes on once an entry is recorded. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Goes on.
     *
     * @param failure why the entry is not recorded: an {@code IOException}, or a bug of the log;
     *     null if it is
     */
    void recorded(@Nullable Throwable failure);
  }

  private final OutcomeLog<? super E> log;
  private final List<E> entries = new ArrayList<>();
  private final List<Receiver> receivers = new ArrayList<>();

  OutcomeBatch(OutcomeLog<? super E> log) {
    this.log = log;
  }

  /** Records one entry by itself; returns why it is not recorded, or null. */
  static <E> @Nullable Throwable failure(OutcomeLog<? super E> log, E entry) {
    try {
      log.append(entry);
      return null;
    } catch (Throwable e) {
      // An Error too: without a signal, the receiver would wait for ever.
      return e;
    }
  }

  boolean isFor(OutcomeLog<?> other) {
    return log == other;
  }

  void add(E entry, Receiver receiver) {
    entries.add(entry);
    receivers.add(receiver);
  }

  /** Records all entries, and then tells each receiver by the executor. */
  void record(Executor emission) {
    @Nullable Throwable[] failures = new Throwable[entries.size()];
    try {
      log.appendAll(entries, (e, i) -> failures[i] = LogBugException.unwrapped(e));
    } catch (Throwable e) {
      // An Error too: without a signal, the receivers would wait for ever.
      Arrays.fill(failures, e);
    }
    for (int i = 0; i < failures.length; i++) {
      tell(emission, receivers.get(i), failures[i]);
    }
  }

  private static void tell(Executor emission, Receiver receiver, @Nullable Throwable failure) {
    try {
      emission.execute(() -> tell(receiver, failure));
    } catch (Throwable e) {
      // An executor that refuses: without a signal, the receiver would wait for ever.
      tell(receiver, failure);
    }
  }

  private static void tell(Receiver receiver, @Nullable Throwable failure) {
    try {
      receiver.recorded(failure);
    } catch (Throwable e) {
      // A subscriber that throws, even an Error, must not harm the other outcomes.
      RxJavaPlugins.onError(e);
    }
  }
}
