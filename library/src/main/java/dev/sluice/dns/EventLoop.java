package dev.sluice.dns;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One thread with one selector; it starts with the first query, and ends when told to. */
final class EventLoop {
  /** A channel that has something to say. */
  @FunctionalInterface
  interface Ready {
    void ready();
  }

  /** What the loop is for; all of it runs on the loop's thread. */
  interface Work {
    /** Somebody submitted this query, or disposed of it. */
    void accept(Query query);

    /** What is due between two looks at the channels; says in how many nanoseconds more will be. */
    long chores();

    /** The loop is about to end. */
    void end();

    /** For a query that came after the end, on any thread. */
    void refuse(Query query);
  }

  /** More nanoseconds than anything here waits for. */
  static final long NEVER = Long.MAX_VALUE;

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long NANOS_PER_MILLI = 1_000_000;

  private enum State {
    NEW,
    RUNNING,
    ENDED
  }

  private final Work work;
  private final LongSupplier clock;
  private final Selector selector;
  private final Queue<Query> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private final AtomicBoolean asleep = new AtomicBoolean();
  private volatile boolean closing;
  private volatile @Nullable Thread thread;
  private long now;

  EventLoop(Work work, LongSupplier clock) {
    this.work = work;
    this.clock = clock;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector", e);
    }
  }

  /** The time at which the present round began. */
  long now() {
    return now;
  }

  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    return channel.configureBlocking(false).register(selector, operations, ready);
  }

  /** Hands a query to the loop; on the loop's own thread that takes no detour. */
  void submit(Query query) {
    if (Thread.currentThread() == thread && state.get() == State.RUNNING) {
      work.accept(query);
      return;
    }
    inbox.add(query);
    if (state.get() == State.NEW && state.compareAndSet(State.NEW, State.RUNNING)) {
      start();
    } else if (state.get() == State.ENDED) {
      refuseRest();
    } else {
      wakeUp();
    }
  }

  /** Returns at once; the loop ends soon. */
  void close() {
    closing = true;
    if (state.compareAndSet(State.NEW, State.ENDED)) {
      closeSelector();
      refuseRest();
    } else if (state.get() == State.RUNNING) {
      selector.wakeup();
    }
  }

  /** Makes the loop look at its inbox and its clock, unless it is awake anyway. */
  void wakeUp() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  private void start() {
    Thread loop = new Thread(this::run, "sluice-dns-" + COUNT.incrementAndGet());
    loop.setDaemon(true);
    thread = loop;
    loop.start();
  }

  private void run() {
    try {
      while (!closing) {
        round();
      }
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    } finally {
      // Whatever ended the loop: nobody may wait for it forever.
      closing = true;
      guarded(work::end);
      state.set(State.ENDED);
      closeSelector();
      refuseRest();
    }
  }

  private void round() throws IOException {
    long nanos = chores();
    asleep.set(true);
    if (!inbox.isEmpty() || closing || nanos <= 0) {
      selector.selectNow(this::ready);
    } else {
      selector.select(this::ready, nanos == NEVER ? 0 : 1 + (nanos - 1) / NANOS_PER_MILLI);
    }
    awake();
    for (Query query = inbox.poll(); query != null; query = inbox.poll()) {
      accept(query);
    }
  }

  private long chores() {
    try {
      return work.chores();
    } catch (RuntimeException e) {
      RxJavaPlugins.onError(e);
      return 0;
    }
  }

  private void ready(SelectionKey key) {
    awake();
    if (key.attachment() instanceof Ready ready) {
      guarded(ready::ready);
    }
  }

  private void awake() {
    if (asleep.get()) {
      asleep.set(false);
    }
    now = clock.getAsLong();
  }

  private void accept(Query query) {
    guarded(() -> work.accept(query));
  }

  /** What a subscriber throws is its own bug, and no reason to let all others down. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      RxJavaPlugins.onError(e);
    }
  }

  private void refuseRest() {
    for (Query query = inbox.poll(); query != null; query = inbox.poll()) {
      work.refuse(query);
    }
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    }
  }
}
