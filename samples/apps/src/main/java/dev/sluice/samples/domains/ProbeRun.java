package dev.sluice.samples.domains;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.samples.CtrlC;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;

/**
 * Names in, results out, by the million: names are read on a network thread, asked for on the
 * resolver's own, and results written on the disk thread, so that neither a slow pipe before nor
 * one behind keeps the resolver from its answers. They cross from thread to thread in handfuls: one
 * by one, that was a third of the work. Nothing runs further ahead than the window and some chunks.
 *
 * @param <T> what a success holds
 */
final class ProbeRun<T> {
  /** Chunks that may wait for the disk. */
  private static final int AHEAD = 4;

  private static final long TICK_MILLIS = 200;

  private final IoSchedulers schedulers = IoSchedulers.shared();
  private final NameSource source;
  private final NameLookup<T> probes;
  private final ResultWriter<T> results;
  private final ProbeStatistics meter;
  private final ProgressLine screen;

  ProbeRun(
      NameSource source,
      NameLookup<T> probes,
      ResultWriter<T> results,
      ProbeStatistics meter,
      ProgressLine screen) {
    this.source = source;
    this.probes = probes;
    this.results = results;
    this.meter = meter;
    this.screen = screen;
  }

  /** Returns when all is done, when Ctrl-C is pressed, or when nobody reads on. */
  void run(CtrlC ctrlC) throws IOException {
    try {
      probes
          .of(source.names())
          .filter(this::fillsChunk)
          .observeOn(schedulers.disk(), false, AHEAD)
          .takeWhile(chunk -> results.flush())
          .takeUntil(nobodyReadsOn())
          .takeUntil(ctrlC.pressed())
          .blockingSubscribe();
    } catch (RuntimeException e) {
      // RxJava wraps what is checked.
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** From time to time what is held goes out, although no more has come; that may fail, too. */
  private Flowable<Long> nobodyReadsOn() {
    return Flowable.interval(TICK_MILLIS, MILLISECONDS, schedulers.timer())
        .onBackpressureDrop()
        .observeOn(schedulers.disk(), false, 1)
        .filter(tick -> !goOn());
  }

  private boolean fillsChunk(Outcome<String, T> outcome) {
    meter.count(probes.evidence().verdict(outcome));
    return results.add(outcome);
  }

  private boolean goOn() throws IOException {
    screen.show(meter);
    return results.flush();
  }
}
