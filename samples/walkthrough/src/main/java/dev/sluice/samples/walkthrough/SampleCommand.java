package dev.sluice.samples.walkthrough;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A sample as a program and as a command of the launcher. It ends when its stream completes, at
 * Ctrl-C, or when the program that reads its output has closed the pipe.
 */
@Command(
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    showDefaultValues = true)
abstract class SampleCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final CompletableSubject outputClosed = CompletableSubject.create();

  /** The {@code main} of every sample: parses the arguments, then runs the sample. */
  static void launch(SampleCommand sample, String... args) {
    Main.launch(sample, args);
  }

  /**
   * The sample, as {@code async def main()} is in asyncio: nothing runs before it is subscribed.
   */
  abstract Completable run(SampleContext context);

  /** How many seconds of the sample pass in a second. */
  double timeScale() {
    return 1;
  }

  /** The exit status of a run that was not interrupted. */
  int status() {
    return 0;
  }

  @Override
  public final Integer call() {
    ScaledScheduler loop = new ScaledScheduler(timeScale());
    SampleContext context =
        new SampleContext(
            loop,
            IoSchedulers.shared().network(),
            loop::sleep,
            (after, line) -> print(line),
            (after, line) -> {});
    try (CtrlC ctrlC = CtrlC.watch()) {
      run(context)
          // Not on this thread, so that a sample which blocks its thread can be stopped, too.
          .subscribeOn(loop)
          .takeUntil(outputClosed)
          .takeUntil(ctrlC.pressed().ignoreElements())
          .blockingAwait();
      return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : status();
    }
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    // The end of a run interrupts a thread that sleeps: it must not print after that.
    if (!Thread.currentThread().isInterrupted()) {
      out.println(line);
      if (out.checkError()) {
        outputClosed.onComplete();
      }
    }
  }
}
