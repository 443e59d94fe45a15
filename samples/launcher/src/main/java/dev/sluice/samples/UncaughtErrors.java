package dev.sluice.samples;

import io.reactivex.rxjava3.exceptions.UndeliverableException;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.Objects;

/**
 * Shows an error that no command handles, such as that the machine has no thread left, in one line
 * instead of a stack trace.
 */
final class UncaughtErrors {
  private UncaughtErrors() {}

  static void showInOneLine() {
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> show(e));
    RxJavaPlugins.setErrorHandler(UncaughtErrors::show);
  }

  private static void show(Throwable e) {
    Throwable cause = e instanceof UndeliverableException ? e.getCause() : e;
    System.err.println("sluice: " + ErrorText.of(Objects.requireNonNullElse(cause, e)));
  }
}
