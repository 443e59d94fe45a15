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
import java.util.concurrent.atomic.AtomicReference;
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

  /** After this, the timer emits what a row has so far: the disk may have no free thread. */
  private static final int ON_TIMER_AFTER_SECONDS = 1;

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
    // If the disk has many threads, many files are written at once.
    wakeForRest();
    run(first);
  }

  private void wakeForRest() {
    if (!steps.isEmpty()) {
      wake.wake();
    }
  }

  private void run() {
    run(steps.poll());
  }

  private void run(@Nullable Runnable first) {
    if (!steps.isEmpty() || !recorded.isEmpty()) {
      new Row().run(first);
    } else if (first != null) {
      // No other outcome waits, so no turn is needed.
      complete(first);
    }
  }

  private static void complete(Runnable step) {
    boolean wasInterrupted = Thread.currentThread().isInterrupted();
    try {
      step.run();
    } catch (Throwable e) {
      // A subscriber that throws, even an Error, must not harm the other outcomes.
      RxJavaPlugins.onError(e);
    }
    if (!wasInterrupted) {
      // An interrupt meanwhile was for this step, not for the next one on this thread.
      boolean unused = Thread.interrupted();
    }
  }

  private void emit() {
    for (Runnable next = recorded.poll(); next != null; next = recorded.poll()) {
      next.run();
    }
  }

  private enum State {
    RUNNING,
    /** Another thread goes on with the rest. */
    RELIEVED,
    OVER
  }

  /** What one thread completes, until another one has to relieve it. */
  private final class Row {
    private final LoopTurn turn = LoopTurn.emittingBy(recorded::add);
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    void run(@Nullable Runnable first) {
      Disposable relief = reliefAfterAWhile();
      Runnable next = first;
      for (int left = MOST; next != null; left--) {
        Runnable step = next;
        turn.step(() -> complete(step));
        next = left == 1 || state.get() == State.RELIEVED ? null : steps.poll();
      }
      wakeForRest();
      record();
      if (state.getAndSet(State.OVER) == State.RUNNING) {
        // Not while it goes on: that might interrupt a write.
        relief.dispose();
      }
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
      if (state.compareAndSet(State.RUNNING, State.RELIEVED)) {
        DiskTurn.run(disk, this::goOn);
        var unused = timer.scheduleDirect(this::recordUnlessOver, ON_TIMER_AFTER_SECONDS, SECONDS);
      }
    }

    private void goOn() {
      turn.record();
      wakeForRest();
      emit();
      Completions.this.run();
    }

    private void recordUnlessOver() {
      if (state.get() != State.OVER) {
        record();
      }
    }
  }
}
