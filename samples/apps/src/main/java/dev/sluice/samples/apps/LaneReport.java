package dev.sluice.samples.apps;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.Limiter;
import dev.sluice.LimiterUsage;
import dev.sluice.Outcome;
import dev.sluice.samples.Terminal;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.PrintWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --report} shows: on a terminal what the limiter does while the run goes on, and at
 * the end a table of its lanes.
 */
final class LaneReport implements Progress {
  private static final long TICK_MILLIS = 200;

  /** A line that is not overwritten comes once in so many ticks. */
  private static final int TICKS_PER_LINE = 10;

  /** An outcome that comes so soon after the last look at the limiter is no reason for another. */
  private static final long LOOK_NANOS = 10_000_000;

  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String UP = "\u001b[A";

  /** How the limiter is shown while the run goes on. */
  enum Live {
    /** Not at all: standard error is no terminal. */
    NONE,
    /** On the line below that of the cursor, which a bar may use. */
    BELOW,
    /** In lines between those of the command, which go to the same terminal. */
    LINES;

    /**
     * Chooses.
     *
     * @param hasBar whether the cursor stays on a line that is overwritten
     */
    static Live beside(boolean hasBar) {
      if (!Terminal.isWatching()) {
        return NONE;
      }
      return hasBar || !Terminal.isShown() ? BELOW : LINES;
    }
  }

  private final Limiter limiter;
  private final Function<Outcome<?, ?>, ? extends @Nullable Object> laneOf;
  private final Live live;
  private final PrintWriter err;
  private final LaneTable table = new LaneTable(System::nanoTime);
  private final Disposable ticker;
  private long lookedAt = System.nanoTime();
  private int columns;
  private boolean isOver;

  /**
   * Begins.
   *
   * @param laneOf the lane of an outcome; null for none
   */
  LaneReport(
      Limiter limiter,
      Function<Outcome<?, ?>, ? extends @Nullable Object> laneOf,
      Live live,
      PrintWriter err) {
    this.limiter = limiter;
    this.laneOf = laneOf;
    this.live = live;
    this.err = err;
    // On the disk thread, because a terminal may block and the timer thread must not.
    IoSchedulers schedulers = IoSchedulers.shared();
    ticker =
        Flowable.interval(TICK_MILLIS, MILLISECONDS, schedulers.timer())
            .onBackpressureDrop()
            .observeOn(schedulers.disk(), false, 1)
            .subscribe(this::tick);
  }

  @Override
  public synchronized void show(Outcome<?, ?> outcome) {
    if (System.nanoTime() - lookedAt > LOOK_NANOS) {
      look();
    }
    table.count(laneOf.apply(outcome), outcome);
  }

  private synchronized void tick(long number) {
    if (isOver) {
      return;
    }
    LimiterUsage usage = look();
    if (live == Live.BELOW) {
      err.print("\n" + UsageLine.of(usage, columns()) + ERASE_LINE + UP + "\r");
      err.flush();
    } else if (live == Live.LINES && number % TICKS_PER_LINE == TICKS_PER_LINE - 1) {
      err.println(UsageLine.of(usage, columns()));
    }
  }

  private LimiterUsage look() {
    lookedAt = System.nanoTime();
    LimiterUsage usage = limiter.usage();
    table.see(usage);
    return usage;
  }

  private int columns() {
    if (columns == 0) {
      columns = Terminal.columns();
    }
    return columns;
  }

  @Override
  public synchronized void close() {
    if (!isOver) {
      isOver = true;
      ticker.dispose();
      look();
      if (live == Live.BELOW) {
        err.print(ERASE_BELOW);
      }
      table.print(err);
    }
  }
}
