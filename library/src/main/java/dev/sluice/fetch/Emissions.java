package dev.sluice.fetch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.LoopTurn;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Emits the outcomes of many downloads in a row, on a disk thread. A journal records those of a row
 * together. What a subscriber does may take any time; then another disk thread goes on with the
 * rest.
 */
final class Emissions {
  private static final int RELIEF_MILLIS = 10;

  private final Scheduler disk;
  private final Scheduler timer;
  private final Queue<Runnable> outcomes = new ConcurrentLinkedQueue<>();

  /** The outcomes that are recorded, and not emitted yet. */
  private final Queue<Runnable> recorded = new ConcurrentLinkedQueue<>();

  Emissions(IoSchedulers schedulers) {
    this.disk = schedulers.disk();
    this.timer = schedulers.timer();
  }

  /** Runs what emits outcomes; nothing of it may throw. */
  void run(List<Runnable> more) {
    outcomes.addAll(more);
    run();
  }

  private void run() {
    Runnable first = outcomes.poll();
    if (!outcomes.isEmpty() || !recorded.isEmpty()) {
      new Row().run(first);
    } else if (first != null) {
      // Nothing waits for it. What others add meanwhile, they run themselves.
      first.run();
    }
  }

  /** What one thread emits, until another one has to relieve it. */
  private final class Row {
    private final LoopTurn turn = LoopTurn.emittingBy(recorded::add);
    private volatile boolean isRelieved;

    void run(@Nullable Runnable first) {
      Disposable relief = timer.scheduleDirect(this::relieve, RELIEF_MILLIS, MILLISECONDS);
      for (Runnable next = first; next != null; next = isRelieved ? null : outcomes.poll()) {
        turn.step(next::run);
      }
      turn.record();
      for (Runnable next = recorded.poll(); next != null; next = recorded.poll()) {
        next.run();
      }
      relief.dispose();
    }

    private void relieve() {
      isRelieved = true;
      var unused = disk.scheduleDirect(this::goOn);
    }

    private void goOn() {
      turn.record();
      Emissions.this.run();
    }
  }
}
