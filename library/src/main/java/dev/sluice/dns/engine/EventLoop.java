package dev.sluice.dns.engine;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.LoopTurn;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread with one selector and an inbox. The thread starts with a task and ends after {@link
 * #close} or when it was idle for a while; the next task starts it again.
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

    /**
     * Ends all tasks and closes all channels. Called when the thread ends; a later task may start
     * another one.
     *
     * @param failure what broke the loop; null if it was closed, or idle
     */
    void end(@Nullable Throwable failure);

    /**
     * Ends a task that was not accepted; on any thread.
     *
     * @param failure what broke the loop; null if it was closed
     */
    void refuse(T task, @Nullable Throwable failure);
  }

  /** The result of a tick after which only channels and tasks have to wake the loop up. */
  static final long NEVER = Long.MAX_VALUE;

  /** After so long without anything to do, the thread ends. */
  private static final long IDLE_NANOS = SECONDS.toNanos(5);

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long NANOS_PER_MILLI = 1_000_000;

  private enum State {
    /** No thread; the next task starts one. */
    STOPPED,
    RUNNING,
    /** Closed: there will be no thread. */
    ENDED
  }

  private final Handler<T> handler;
  private final LongSupplier clock;
  private final ThreadFactory threads;
  private final String name = "sluice-dns-" + COUNT.incrementAndGet();
  private final Queue<T> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.STOPPED);
  private final AtomicBoolean asleep = new AtomicBoolean();
  private volatile boolean closing;
  private volatile @Nullable Thread thread;

  /** The selector of the present thread, or of the last one. */
  private volatile @Nullable Selector selector;

  private long now;
  private long idleSince;

  EventLoop(Handler<T> handler, LongSupplier clock, ThreadFactory threads) {
    this.handler = handler;
    this.clock = clock;
    this.threads = threads;
  }

  /** A daemon that inherits neither thread locals nor the context class loader of its creator. */
  static Thread daemon(Runnable task) {
    Thread daemon = new Thread(null, task, "sluice-dns", 0, false);
    daemon.setContextClassLoader(EventLoop.class.getClassLoader());
    daemon.setDaemon(true);
    return daemon;
  }

  /** The clock's nanoseconds when the loop woke up last. */
  long now() {
    return now;
  }

  /** Registers a channel. The loop runs the key's attachment, a Runnable, when it is ready. */
  SelectionKey register(SelectableChannel channel, int operations) throws IOException {
    return channel.configureBlocking(false).register(requireNonNull(selector), operations);
  }

  /** Whether the present thread is the loop's. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Hands a task to the loop; on the loop's own thread it is accepted before this returns. */
  void submit(T task) {
    if (isCurrent()) {
      handler.accept(task);
      return;
    }
    inbox.add(task);
    if (state.get() == State.STOPPED && state.compareAndSet(State.STOPPED, State.RUNNING)) {
      start();
    } else if (state.get() == State.ENDED) {
      refuseRest(null);
    } else {
      wakeUp();
    }
  }

  /** Returns at once; the loop ends soon. */
  void close() {
    closing = true;
    if (state.compareAndSet(State.STOPPED, State.ENDED)) {
      refuseRest(null);
    } else {
      wakeSelector();
    }
  }

  /** Makes the loop read its inbox and its clock; does nothing if the loop is awake. */
  void wakeUp() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      wakeSelector();
    }
  }

  private void wakeSelector() {
    Selector present = selector;
    if (present != null) {
      present.wakeup();
    }
  }

  private void start() {
    try {
      Thread loop = threads.newThread(this::run);
      loop.setName(name);
      thread = loop;
      loop.start();
    } catch (OutOfMemoryError | RuntimeException e) {
      // No native thread: the tasks so far fail, and the next one tries again.
      thread = null;
      state.set(State.STOPPED);
      refuseRest(e);
    }
  }

  private void run() {
    boolean again = true;
    while (again) {
      thread = Thread.currentThread();
      Throwable failure = serve();
      // From now on, tasks wait in the inbox for the next start.
      thread = null;
      List<T> unaccepted = failure == null ? List.of() : drain();
      guarded(() -> handler.end(failure));
      closeSelector();
      refuse(unaccepted, failure);
      if (failure instanceof Error) {
        RxJavaPlugins.onError(failure);
      }
      again = !stop();
    }
  }

  /** Runs until the loop is closed or idle, or returns what broke it. */
  private @Nullable Throwable serve() {
    try {
      selector = Selector.open();
      now = clock.getAsLong();
      idleSince = now;
      boolean busy = true;
      while (!closing && busy) {
        busy = round();
      }
      return null;
    } catch (Throwable e) {
      // Even after an Error: no caller may wait for ever.
      return e;
    }
  }

  /** Gives up the thread; false if a task came in between. */
  private boolean stop() {
    if (!closing) {
      state.set(State.STOPPED);
      // Read after the write of the state, as submit and close do the other way round.
      if (!closing) {
        return inbox.isEmpty() || !state.compareAndSet(State.STOPPED, State.RUNNING);
      }
      if (!state.compareAndSet(State.STOPPED, State.ENDED)) {
        return true;
      }
    }
    state.set(State.ENDED);
    refuseRest(null);
    return true;
  }

  /** Does what is due, waits, and accepts the inbox; false if there was nothing to do for long. */
  private boolean round() throws IOException {
    long due = tick();
    long nanos = due == NEVER ? idleSince + IDLE_NANOS - now : due;
    if (due != NEVER) {
      idleSince = now;
    } else if (nanos <= 0 && inbox.isEmpty()) {
      return false;
    }
    asleep.set(true);
    // An interrupt that a subscriber left would end every wait at once.
    boolean unused = Thread.interrupted();
    LoopTurn.run(() -> select(nanos));
    awake();
    for (T task = inbox.poll(); task != null; task = inbox.poll()) {
      idleSince = now;
      accept(task);
    }
    return true;
  }

  private void select(long nanos) throws IOException {
    Selector present = requireNonNull(selector);
    if (!inbox.isEmpty() || closing || nanos <= 0) {
      present.selectNow(this::ready);
    } else {
      present.select(this::ready, 1 + (nanos - 1) / NANOS_PER_MILLI);
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

  private void refuseRest(@Nullable Throwable failure) {
    refuse(drain(), failure);
  }

  private void refuse(List<T> tasks, @Nullable Throwable failure) {
    tasks.forEach(task -> guarded(() -> handler.refuse(task, failure)));
  }

  /** Takes the tasks that are in the inbox now: a subscriber that is told may add more. */
  private List<T> drain() {
    List<T> tasks = new ArrayList<>();
    for (T task = inbox.poll(); task != null; task = inbox.poll()) {
      tasks.add(task);
    }
    return tasks;
  }

  private void closeSelector() {
    try {
      Selector present = selector;
      if (present != null) {
        present.close();
      }
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    }
  }
}
