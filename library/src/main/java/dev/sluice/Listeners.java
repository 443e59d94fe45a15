package dev.sluice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.LimiterListener.Attempt;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that watch one limiter. Safe for use by many threads. */
final class Listeners {
  private final Scheduler timer;

  /** Runs the listeners. */
  private final Scheduler others;

  private final List<ListenerQueue> queues = new CopyOnWriteArrayList<>();

  Listeners(Scheduler timer, Scheduler others) {
    this.timer = timer;
    this.others = others;
  }

  Disposable add(LimiterListener listener) {
    ListenerQueue queue = new ListenerQueue(listener, others, queues::remove);
    queues.add(queue);
    return queue;
  }

  /** Whether events are of no use. */
  boolean isEmpty() {
    return queues.isEmpty();
  }

  void tell(Consumer<LimiterListener> event) {
    for (ListenerQueue queue : queues) {
      queue.add(event);
    }
  }

  /** The events of an attempt that is about to ask for its permit; null if they are of no use. */
  @Nullable AttemptEvents attempt(@Nullable Object key, @Nullable Object lane, int number) {
    return isEmpty() ? null : new AttemptEvents(new Attempt(key, lane, number));
  }

  /** Reports one attempt. */
  final class AttemptEvents {
    private final Attempt attempt;

    /** When it last changed its state. */
    private volatile long since = timer.now(NANOSECONDS);

    private volatile boolean started;

    private final AtomicBoolean ended = new AtomicBoolean();

    private AttemptEvents(Attempt attempt) {
      this.attempt = attempt;
      tell(listener -> listener.queued(attempt));
    }

    void started() {
      Duration waited = lap();
      started = true;
      tell(listener -> listener.started(attempt, waited));
    }

    /** Only the first call counts. */
    void ended(LimiterListener.Status status, @Nullable Throwable error) {
      if (ended.compareAndSet(false, true)) {
        Duration took = started ? lap() : Duration.ZERO;
        tell(listener -> listener.ended(attempt, status, took, error));
      }
    }

    void retried(Duration wait, IOException cause) {
      tell(listener -> listener.retried(attempt, wait, cause));
    }

    /** The time since its last change of state. */
    private Duration lap() {
      long now = timer.now(NANOSECONDS);
      Duration lap = Duration.ofNanos(now - since);
      since = now;
      return lap;
    }
  }
}
