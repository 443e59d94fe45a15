package dev.sluice.fetch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.LoopTurn;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Completes many downloads in a row, on a disk thread. A journal records the outcomes of a row
 * together. A step, and what a subscriber does, may take any time; then another disk thread goes on
 * with the rest.
 */
final class Completions {
  /** The most steps of a row, so that no outcome waits for many others. */
  private static final int MOST = 32;

  private static final int RELIEF_MILLIS = 10;

  /** How long the relief may wait for a disk thread. */
  private static final int RELIEF_OF_RELIEF_SECONDS = 1;

  private final Scheduler disk;
  private final Scheduler timer;
  private final DiskWake wake;
  private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();

  /** The outcomes that are recorded, and not emitted yet. */
  private final Queue<Runnable> recorded = new ConcurrentLinkedQueue<>();

  Completions(IoSchedulers schedulers) {
    this.disk = schedulers.disk();
    this.timer = schedulers.timer();
    this.wake = new DiskWake(disk, this::begin);
  }

  /** Runs a step that completes a download, on a disk thread. */
  void add(Runnable step) {
    steps.add(step);
    wake.wake();
  }

  /** Runs such steps on this thread, which is one of the disk. */
  void run(List<Runnable> more) {
    steps.addAll(more);
    run();
  }

  private void begin() {
    Runnable first = steps.poll();
    if (!steps.isEmpty()) {
      // If the disk has many threads, many files are written at once.
      wake.wake();
    }
    run(first);
  }

  private void run() {
    run(steps.poll());
  }

  private void run(@Nullable Runnable first) {
    if (!steps.isEmpty() || !recorded.isEmpty()) {
      new Row().run(first);
    } else if (first != null) {
      // Nothing waits for it. What others add meanwhile, they run themselves.
      complete(first);
    }
  }

  private static void complete(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      // A subscriber that throws, even an Error, must not harm the other outcomes.
      RxJavaPlugins.onError(e);
    }
  }

  private void emit() {
    for (Runnable next = recorded.poll(); next != null; next = recorded.poll()) {
      next.run();
    }
  }

  /** What one thread completes, until another one has to relieve it. */
  private final class Row {
    private final LoopTurn turn = LoopTurn.emittingBy(recorded::add);
    private volatile boolean isRelieved;

    void run(@Nullable Runnable first) {
      Disposable relief = reliefAfterAWhile();
      Runnable next = first;
      for (int left = MOST; next != null; next = isRelieved || left == 0 ? null : steps.poll()) {
        Runnable step = next;
        turn.step(() -> complete(step));
        left--;
      }
      if (!steps.isEmpty()) {
        wake.wake();
      }
      record();
      relief.dispose();
    }

    private Disposable reliefAfterAWhile() {
      try {
        return timer.scheduleDirect(this::relieve, RELIEF_MILLIS, MILLISECONDS);
      } catch (Throwable e) {
        // A timer without a thread: the row goes on, since outcomes wait for it.
        return Disposable.disposed();
      }
    }

    private void record() {
      turn.record();
      emit();
    }

    private void relieve() {
      DiskTurn.run(disk, this::goOn);
      isRelieved = true;
      // The disk may have but one thread.
      var unused = timer.scheduleDirect(this::record, RELIEF_OF_RELIEF_SECONDS, SECONDS);
    }

    private void goOn() {
      turn.record();
      Completions.this.run();
    }
  }
}
