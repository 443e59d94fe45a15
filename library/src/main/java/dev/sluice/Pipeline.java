package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work done under a policy: keys in, outcomes out.
 *
 * <pre>{@code
 * Pipeline<String, Page> pages = Pipeline.of(Policy.limit(20), site::page);
 * Flowable<Outcome<String, Page>> outcomes = pages.runAll(Flowable.fromIterable(paths));
 * }</pre>
 *
 * @param <K> what is asked for
 * @param <V> what comes
 */
public final class Pipeline<K, V> {
  private final Window window;
  private final Task<K, V> task;

  private Pipeline(Window window, Task<K, V> task) {
    this.window = window;
    this.task = task;
  }

  /**
   * {@return this work under this policy}
   *
   * @param policy how it is done
   * @param work one attempt at one key
   * @param <K> what is asked for
   * @param <V> what comes
   */
  public static <K, V> Pipeline<K, V> of(Policy policy, Work<K, V> work) {
    requireNonNull(policy, "policy");
    return new Pipeline<>(policy.window(), new Execution<>(policy, work)::run);
  }

  /**
   * {@return the outcome of one key, cold: nothing happens before somebody subscribes}
   *
   * <p><b>Scheduler:</b> the outcome comes on the thread where the work ended, or on the timer when
   * a clock ran out. <b>Failure:</b> an {@code IOException} is a failure <i>value</i>; anything
   * else is a bug and goes to {@code onError}. <b>Cancellation:</b> disposes the attempt under way
   * and gives its permit back.
   *
   * @param key what is asked for
   */
  public Single<Outcome<K, V>> run(K key) {
    requireNonNull(key, "key");
    return Single.defer(() -> task.run(key, new AtomicBoolean()));
  }

  /**
   * {@return the outcomes of many keys as they come}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #run}; an error of the source goes
   * to {@code onError} and disposes the rest.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runAll(Flowable<? extends K> keys) {
    return stoppable(keys, window::asCompleted);
  }

  /**
   * {@return the outcomes of many keys in the order of the keys}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #runAll}.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runInOrder(Flowable<? extends K> keys) {
    return stoppable(keys, window::inOrder);
  }

  /**
   * {@return the outcomes of many keys as they come, with no attempt at a key before somebody asks
   * for its outcome}
   *
   * <p>For attempts that cost something: a consumer that asks for 3 outcomes has 3 keys pulled,
   * where {@link #runAll} fills the window ahead of it. <b>Backpressure:</b> honoured to the
   * letter. <b>Scheduler, failure, cancellation:</b> as for {@link #runAll}.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runOnDemand(Flowable<? extends K> keys) {
    return stoppable(keys, window::onDemand);
  }

  /**
   * {@return a pipeline that goes on with every outcome: to the disk, to a database}
   *
   * <p>What follows holds a place in the window, but neither a permit nor a clock.
   *
   * @param next what follows an outcome; it keeps the key
   * @param <W> what comes in the end
   */
  public <W> Pipeline<K, W> then(
      Function<? super Outcome<K, V>, ? extends Single<Outcome<K, W>>> next) {
    requireNonNull(next, "next");
    return new Pipeline<>(window, (key, stopped) -> task.run(key, stopped).flatMap(next));
  }

  /**
   * {@return a pipeline for keys as somebody typed them; each outcome has what was typed}
   *
   * <p>What is no key is a failure with no attempt: it waits for no permit and nobody is asked.
   *
   * @param parse makes a key of what was typed; an {@code IOException} says that it is none, and
   *     anything else is a bug
   * @param <T> what is typed
   */
  public <T> Pipeline<T, V> parsing(Function<? super T, ? extends K> parse) {
    requireNonNull(parse, "parse");
    return new Pipeline<>(window, (typed, stopped) -> new Parsed<>(typed, parse, task, stopped));
  }

  /**
   * Disposing the items of a run one by one gives permits to those who are next in line. They must
   * not start for the moment that they have left. Whatever ends a run cancels its keys before its
   * items.
   */
  private Flowable<Outcome<K, V>> stoppable(Flowable<? extends K> keys, Order<K, V> order) {
    requireNonNull(keys, "keys");
    return Flowable.defer(
        () -> {
          AtomicBoolean stopped = new AtomicBoolean();
          Flowable<? extends K> watched =
              keys.doOnError(e -> stopped.set(true)).doOnCancel(() -> stopped.set(true));
          return order.of(watched, key -> task.run(key, stopped));
        });
  }

  /** One key of a run that may be stopped. */
  @FunctionalInterface
  interface Task<K, V> {
    Single<Outcome<K, V>> run(K key, AtomicBoolean stopped);
  }

  /** In which order outcomes come. */
  @FunctionalInterface
  private interface Order<K, V> {
    Flowable<Outcome<K, V>> of(
        Flowable<? extends K> keys, Function<? super K, Single<Outcome<K, V>>> each);
  }
}
