package dev.sluice.samples;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C (or a polite kill) as a stream: {@code outcomes.takeUntil(ctrlC.pressed())} stops a run at
 * once, and the process ends only when the command has had its last word.
 */
public final class CtrlC implements AutoCloseable {
  /** What a shell calls a command that Ctrl-C ended: 128 + SIGINT. */
  public static final int EXIT_STATUS = 130;

  private static final long LAST_WORD_SECONDS = 5;

  private final PublishProcessor<Object> pressed = PublishProcessor.create();
  private final CountDownLatch lastWord = new CountDownLatch(1);
  private final Thread hook = new Thread(this::press, "ctrl-c");

  private CtrlC() {}

  /** From here on until {@link #close}. */
  public static CtrlC watch() {
    CtrlC ctrlC = new CtrlC();
    Runtime.getRuntime().addShutdownHook(ctrlC.hook);
    return ctrlC;
  }

  /** Completes when it happens. */
  public Flowable<Object> pressed() {
    return pressed;
  }

  public boolean wasPressed() {
    return pressed.hasComplete();
  }

  /** The command has said what it had to say. */
  @Override
  public void close() {
    lastWord.countDown();
    if (!wasPressed()) {
      forget();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It came just now, when there was nothing left to stop.
      return;
    }
  }

  private void press() {
    pressed.onComplete();
    try {
      if (!lastWord.await(LAST_WORD_SECONDS, SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
