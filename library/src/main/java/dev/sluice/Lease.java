package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.Resource.Close;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One opening of a {@link Resource}: whoever ends it first closes it, and nobody closes it twice.
 */
final class Lease<R> {
  private final Callable<? extends R> open;
  private final Close<? super R> close;

  // Guarded by this.
  private @Nullable R opened;
  private boolean over;

  Lease(Callable<? extends R> open, Close<? super R> close) {
    this.open = open;
    this.close = close;
  }

  /** Opens it; null when it was disposed meanwhile. */
  @Nullable R open() throws Exception {
    R fresh;
    try {
      fresh = requireNonNull(open.call(), "opened");
    } catch (IOException | InterruptedException e) {
      if (isOver()) {
        // Cut off by the disposal, and nobody wants to know.
        return null;
      }
      throw e;
    }
    return keep(fresh) ? fresh : closedUnused(fresh);
  }

  /** Closes it unless that is done, or there is nothing to close yet. */
  void close() throws Exception {
    R last = take();
    if (last != null) {
      close.close(last);
    }
  }

  /** The error that ended the stream, with what closing has to add. */
  Throwable closedAfter(Throwable e) {
    try {
      close();
    } catch (Exception closing) {
      if (closing != e) {
        e.addSuppressed(closing);
      }
    }
    return e;
  }

  private @Nullable R closedUnused(R fresh) {
    try {
      close.close(fresh);
    } catch (Exception e) {
      RxJavaPlugins.onError(e);
    }
    return null;
  }

  private synchronized boolean isOver() {
    return over;
  }

  private synchronized boolean keep(R fresh) {
    opened = over ? null : fresh;
    return !over;
  }

  private synchronized @Nullable R take() {
    R last = opened;
    opened = null;
    over = true;
    return last;
  }
}
