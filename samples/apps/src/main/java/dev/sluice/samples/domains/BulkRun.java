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
 * one behind keeps the resolver from its answers. Nothing runs further ahead than the window.
 *
 * @param <T> what a success holds
 */
final class BulkRun<T> {
  private static final int QUEUE = 1_024;
  private static final long TICK_MILLIS = 200;

  /** So many results may pass between two looks at the clock. */
  private static final int LOOK = 4_096;

  private final IoSchedulers schedulers = IoSchedulers.shared();
  private final Source source;
  private final Probes<T> probes;
  private final Results<T> results;
  private final Meter meter;
  private final Screen screen;
  private long seen;

  BulkRun(Source source, Probes<T> probes, Results<T> results, Meter meter, Screen screen) {
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
          .observeOn(schedulers.disk(), false, QUEUE)
          .takeWhile(this::take)
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

  /** Whether somebody still wants more. */
  private boolean take(Outcome<String, T> outcome) throws IOException {
    meter.count(probes.evidence().verdict(outcome));
    if (++seen % LOOK == 0) {
      screen.show(meter);
    }
    return results.write(outcome);
  }

  private boolean goOn() throws IOException {
    screen.show(meter);
    return results.flush();
  }
}
