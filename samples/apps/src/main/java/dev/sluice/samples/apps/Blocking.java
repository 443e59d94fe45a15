package dev.sluice.samples.apps;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.function.Supplier;

/** Waits for a stream on the thread of the command. */
public final class Blocking {
  private Blocking() {}

  /** The value; its {@code IOException} is thrown as it is. */
  public static <T> T value(Single<T> single) throws IOException {
    return unwrapped(single::blockingGet);
  }

  /** Returns at the end; an {@code IOException} is thrown as it is. */
  public static void end(Completable completable) throws IOException {
    value(completable.toSingleDefault(completable));
  }

  /** RxJava wraps checked exceptions in runtime exceptions. */
  private static <T> T unwrapped(Supplier<T> blocking) throws IOException {
    try {
      return blocking.get();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
