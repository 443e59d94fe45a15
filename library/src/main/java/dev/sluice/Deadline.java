package dev.sluice;

import io.reactivex.rxjava3.core.MaybeObserver;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt under way, and its place in the list of {@link AttemptTimeouts}. */
final class Deadline<T> extends PermitRequest<T> {
  private final AttemptTimeouts deadlines;
  private final Supplier<? extends IOException> late;

  // The rest belongs to AttemptTimeouts and is touched under its lock.
  @Nullable Deadline<?> previous;
  @Nullable Deadline<?> next;
  long due;

  Deadline(
      AttemptTimeouts deadlines,
      MaybeObserver<? super T> downstream,
      Supplier<? extends IOException> late) {
    super(downstream);
    this.deadlines = deadlines;
    this.late = late;
  }

  void expire() {
    fail(reason());
  }

  /** A bug in the message ends this attempt, and not the clock of all the others. */
  private Throwable reason() {
    try {
      return late.get();
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Override
  void ended() {
    deadlines.leave(this);
  }
}
