package dev.sluice.samples;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C (or SIGTERM) as a stream: {@code outcomes.takeUntil(ctrlC.pressed())} stops a run at once.
 * The process ends after {@link #close}, so the command can print its summary first; it waits at
 * most 5 seconds for that. A second Ctrl-C ends the process at once.
 */
public final class CtrlC implements AutoCloseable {
  /** The exit status of a command that Ctrl-C ended: 128 + SIGINT. */
  public static final int EXIT_STATUS = 130;

  private static final long CLOSE_TIMEOUT_SECONDS = 5;

  private final PublishProcessor<Object> pressed = PublishProcessor.create();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::press, "ctrl-c");

  private CtrlC() {}

  /** Watches for Ctrl-C until {@link #close}. */
  public static CtrlC watch() {
    CtrlC ctrlC = new CtrlC();
    Runtime.getRuntime().addShutdownHook(ctrlC.hook);
    return ctrlC;
  }

  /** Completes on Ctrl-C, on the thread of the shutdown hook. */
  public Flowable<Object> pressed() {
    return pressed;
  }

  public boolean wasPressed() {
    return pressed.hasComplete();
  }

  /** Lets the process end, if Ctrl-C was pressed; else stops watching. */
  @Override
  public void close() {
    closed.countDown();
    if (!wasPressed()) {
      removeHook();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown has begun just now; nothing is left to stop.
      return;
    }
  }

  private void press() {
    SecondCtrlC.endsTheProcess();
    pressed.onComplete();
    try {
      if (!closed.await(CLOSE_TIMEOUT_SECONDS, SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
