package dev.sluice.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.functions.Consumer;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The errors that RxJava could not deliver since {@link #watch}, instead of the handler before. */
final class UndeliveredErrors implements AutoCloseable {
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();
  private final @Nullable Consumer<? super Throwable> before = RxJavaPlugins.getErrorHandler();

  private UndeliveredErrors() {}

  static UndeliveredErrors watch() {
    UndeliveredErrors watched = new UndeliveredErrors();
    RxJavaPlugins.setErrorHandler(watched.errors::add);
    return watched;
  }

  void assertNone() {
    assertEquals(List.of(), errors, "errors after a cancellation");
  }

  @Override
  public void close() {
    RxJavaPlugins.setErrorHandler(before);
  }
}
