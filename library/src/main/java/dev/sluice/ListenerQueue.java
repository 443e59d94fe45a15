package dev.sluice;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The events that wait for one listener. A thread of the scheduler delivers them, so that a
 * listener that blocks or throws stops neither an attempt nor another listener.
 */
final class ListenerQueue implements Disposable {
  /** So many events wait for a slow listener. */
  static final int CAPACITY = 65_536;

  private final LimiterListener listener;
  private final Scheduler scheduler;

  /** Forgets this queue. */
  private final Consumer<ListenerQueue> onDispose;

  private final LinkedBlockingQueue<Consumer<LimiterListener>> events =
      new LinkedBlockingQueue<>(CAPACITY);

  private final AtomicLong missed = new AtomicLong();

  /** How often the drain loop was asked for; the thread that counts from 0 to 1 schedules it. */
  private final AtomicLong drains = new AtomicLong();

  private volatile boolean disposed;
  private boolean closed;

  ListenerQueue(LimiterListener listener, Scheduler scheduler, Consumer<ListenerQueue> onDispose) {
    this.listener = listener;
    this.scheduler = scheduler;
    this.onDispose = onDispose;
  }

  /** Delivers an event, unless too many wait. */
  void add(Consumer<LimiterListener> event) {
    if (disposed) {
      return;
    }
    if (events.offer(event)) {
      drain();
    } else {
      missed.incrementAndGet();
    }
  }

  private void drain() {
    if (drains.getAndIncrement() == 0) {
      try {
        scheduler.scheduleDirect(this::deliver);
      } catch (Throwable e) {
        // For example no thread could be started. Later events try again.
        drop();
      }
    }
  }

  private void drop() {
    missed.addAndGet(events.size());
    events.clear();
    drains.set(0);
  }

  private void deliver() {
    long seen = 1;
    while (seen != 0) {
      for (var event = events.poll(); event != null; event = events.poll()) {
        reportMissed();
        call(event);
      }
      if (disposed && !closed) {
        closed = true;
        reportMissed();
        call(LimiterListener::closed);
      }
      seen = drains.addAndGet(-seen);
    }
  }

  private void reportMissed() {
    long dropped = missed.getAndSet(0);
    if (dropped > 0) {
      call(listener -> listener.missed(dropped));
    }
  }

  private void call(Consumer<LimiterListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) {
      RxJavaPlugins.onError(e);
    }
  }

  /** Takes no more events; those that wait are delivered. */
  @Override
  public void dispose() {
    onDispose.accept(this);
    disposed = true;
    drain();
  }

  @Override
  public boolean isDisposed() {
    return disposed;
  }
}
