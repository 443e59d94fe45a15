package dev.sluice.samples.walkthrough;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.CtrlC;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A sample as a command: it ends when it is through, at Ctrl-C, or when nobody reads on. */
abstract class SampleCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final CompletableSubject nobodyReads = CompletableSubject.create();

  /** What {@code async def main()} is in asyncio: nothing happens before it is subscribed to. */
  abstract Completable run(SampleContext stage);

  /** How many times as fast as the world. */
  double timeScale() {
    return 1;
  }

  @Override
  public final Integer call() {
    ScaledScheduler clock = new ScaledScheduler(timeScale());
    SampleContext stage =
        new SampleContext(clock, IoSchedulers.shared().network(), clock::sleep, this::print);
    try (CtrlC ctrlC = CtrlC.watch()) {
      run(stage)
          // The sample has a thread of its own, so that one which blocks can be stopped as well.
          .subscribeOn(clock)
          .takeUntil(nobodyReads)
          .takeUntil(ctrlC.pressed().ignoreElements())
          .blockingAwait();
      return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : 0;
    }
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    // A thread that was woken early by the end of the run has nothing more to say.
    if (!Thread.currentThread().isInterrupted()) {
      out.println(line);
      if (out.checkError()) {
        nobodyReads.onComplete();
      }
    }
  }
}
