package dev.sluice.dns.engine;

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

/**
 * One thread with one selector and an inbox. The thread starts with the first task and ends after
 * {@link #close}.
 *
 * @param <T> the tasks
 */
final class EventLoop<T> {
  /**
   * What the loop runs. All but {@link #refuse} is called on the loop's thread.
   *
   * @param <T> the tasks
   */
  interface Handler<T> {
    /** Takes a submitted task. */
    void accept(T task);

    /**
     * Does what is due. Called before each wait for the channels.
     *
     * @return the nanoseconds until the next tick is due at the latest; 0 for at once
     */
    long tick();

    /** Called once, when the loop ends. */
    void end();

    /** Takes a task that was submitted after the end; on any thread. */
    void refuse(T task);
  }

  /** The result of a tick after which only channels and tasks have to wake the loop up. */
  static final long NEVER = Long.MAX_VALUE;

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long NANOS_PER_MILLI = 1_000_000;

  private enum State {
    NEW,
    RUNNING,
    ENDED
  }

  private final Handler<T> handler;
  private final LongSupplier clock;
  private final Selector selector;
  private final Queue<T> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private final AtomicBoolean asleep = new AtomicBoolean();
  private volatile boolean closing;
  private volatile @Nullable Thread thread;
  private long now;

  EventLoop(Handler<T> handler, LongSupplier clock) {
    this.handler = handler;
    this.clock = clock;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector", e);
    }
  }

  /** The clock's nanoseconds when the loop woke up last. */
  long now() {
    return now;
  }

  /** Registers a channel. The loop runs the key's attachment, a Runnable, when it is ready. */
  SelectionKey register(SelectableChannel channel, int operations) throws IOException {
    return channel.configureBlocking(false).register(selector, operations);
  }

  /** Hands a task to the loop; on the loop's own thread it is accepted before this returns. */
  void submit(T task) {
    if (Thread.currentThread() == thread && state.get() == State.RUNNING) {
      handler.accept(task);
      return;
    }
    inbox.add(task);
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

  /** Makes the loop read its inbox and its clock; does nothing if the loop is awake. */
  void wakeUp() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  private void start() {
    // Inherits neither thread locals nor the context class loader of the first caller.
    Thread loop = new Thread(null, this::run, "sluice-dns-" + COUNT.incrementAndGet(), 0, false);
    loop.setContextClassLoader(EventLoop.class.getClassLoader());
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
      // Even after an error: no caller may wait for ever.
      closing = true;
      guarded(handler::end);
      state.set(State.ENDED);
      closeSelector();
      refuseRest();
    }
  }

  private void round() throws IOException {
    long nanos = tick();
    asleep.set(true);
    // An interrupt that a subscriber left would end every wait at once.
    boolean unused = Thread.interrupted();
    if (!inbox.isEmpty() || closing || nanos <= 0) {
      selector.selectNow(this::ready);
    } else {
      selector.select(this::ready, nanos == NEVER ? 0 : 1 + (nanos - 1) / NANOS_PER_MILLI);
    }
    awake();
    for (T task = inbox.poll(); task != null; task = inbox.poll()) {
      accept(task);
    }
  }

  private long tick() {
    try {
      return handler.tick();
    } catch (Throwable e) {
      RxJavaPlugins.onError(e);
      return 0;
    }
  }

  private void ready(SelectionKey key) {
    awake();
    if (key.attachment() instanceof Runnable ready) {
      guarded(ready);
    }
  }

  private void awake() {
    if (asleep.get()) {
      asleep.set(false);
    }
    now = clock.getAsLong();
  }

  private void accept(T task) {
    guarded(() -> handler.accept(task));
  }

  /** A subscriber that throws, even an Error, must not end the loop for all others. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      RxJavaPlugins.onError(e);
    }
  }

  private void refuseRest() {
    for (T task = inbox.poll(); task != null; task = inbox.poll()) {
      handler.refuse(task);
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
