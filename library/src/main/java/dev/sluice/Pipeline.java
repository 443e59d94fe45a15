package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.DeadlineException.Clock;
import dev.sluice.ErrorTranslator.Translation;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.BiFunction;
import io.reactivex.rxjava3.functions.Function;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A work under a policy: keys in, outcomes out.
 *
 * <pre>{@code
 * Pipeline<String, Page> pages = Pipeline.of(Policy.limit(20), site::page);
 * Flowable<Outcome<String, Page>> outcomes = Flowable.fromIterable(paths).compose(pages::runAll);
 * }</pre>
 *
 * <p>{@link #runAll}, {@link #runInOrder} and {@link #runOnDemand} fit {@code Flowable.compose}. An
 * {@code Observable} of keys becomes a {@code Flowable} with {@code
 * toFlowable(BackpressureStrategy.BUFFER)}, a Java stream with {@code Flowable.fromStream}.
 *
 * <p>Immutable, and safe for use by many threads.
 *
 * @param <K> the type of a key: what is asked for
 * @param <V> the type of a value: what comes
 */
public final class Pipeline<K, V> {
  private final Policy policy;
  private final Lane.Run singles;

  /** Whether the times of each key are of use. */
  private final boolean timed;

  /** Called once for each run: a stage may keep what it has seen in its run. */
  private final Supplier<Stage<K, V>> stages;

  private Pipeline(Policy policy, Lane.Run singles, boolean timed, Supplier<Stage<K, V>> stages) {
    this.policy = policy;
    this.singles = singles;
    this.timed = timed;
    this.stages = stages;
  }

  /**
   * {@return this work under this policy}
   *
   * @param policy limit, clocks, retry, window and schedulers
   * @param work one attempt at one key
   * @param <K> the type of a key
   * @param <V> the type of a value
   */
  public static <K, V> Pipeline<K, V> of(Policy policy, Work<K, V> work) {
    requireNonNull(policy, "policy");
    policy.checkForContradictions();
    Stage<K, V> execution = new Execution<>(policy, work)::run;
    return new Pipeline<>(policy, Limiter.singles(), false, () -> execution);
  }

  /**
   * {@return the outcome of one key, cold: every subscription asks anew}
   *
   * <p><b>Scheduler:</b> the outcome comes on the thread where the work ended, or on the timer when
   * a clock ran out. <b>Failure:</b> an {@code IOException} is a failure <i>value</i>, and so is an
   * exception that an {@link ErrorTranslator} knows; anything else is a bug and goes to {@code
   * onError}. <b>Cancellation:</b> disposes the attempt under way and gives its permit back.
   *
   * @param key what is asked for
   */
  public Single<Outcome<K, V>> run(K key) {
    requireNonNull(key, "key");
    return Single.defer(() -> outcome(stages.get(), key, singles, clock()));
  }

  /**
   * {@return the outcomes of many keys as they come}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler:</b> an outcome comes on the thread where its work ended, or on the timer
   * when a timeout elapsed. <b>Failure:</b> an {@code IOException} of the work is a failure
   * <i>value</i>; a bug, or an error of the source, disposes all other work and goes to {@code
   * onError}. <b>Cancellation:</b> disposes all attempts under way and gives their permits back.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runAll(Flowable<? extends K> keys) {
    return run(keys, policy.window()::asCompleted);
  }

  /**
   * {@return the outcomes of many keys in the order of the keys}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler:</b> an outcome comes on the thread where its work, or the slower work of an
   * earlier key, ended, or on the timer when a timeout elapsed. <b>Failure:</b> an {@code
   * IOException} of the work is a failure <i>value</i>; a bug, or an error of the source, disposes
   * all other work and goes to {@code onError}. <b>Cancellation:</b> disposes all attempts under
   * way and gives their permits back.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runInOrder(Flowable<? extends K> keys) {
    return run(keys, policy.window()::inOrder);
  }

  /**
   * {@return the outcomes of many keys as they come, with no attempt at a key before its outcome is
   * requested}
   *
   * <p>For attempts that cost something: a consumer that requests 3 outcomes has 3 keys pulled,
   * where {@link #runAll} fills the window ahead of it. <b>Backpressure:</b> honoured; no more keys
   * are pulled than outcomes were requested. <b>Scheduler:</b> an outcome comes on the thread where
   * its work ended, or on the timer when a timeout elapsed. <b>Failure:</b> an {@code IOException}
   * of the work is a failure <i>value</i>; a bug, or an error of the source, disposes all other
   * work and goes to {@code onError}. <b>Cancellation:</b> disposes all attempts under way and
   * gives their permits back.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runOnDemand(Flowable<? extends K> keys) {
    return run(keys, policy.window()::onDemand);
  }

  /**
   * {@return a pipeline that goes on with every outcome}
   *
   * <p>The step holds a place in the window, but neither a permit nor a clock, and is not retried.
   * An {@code IOException} that it throws or signals, or another exception that an {@link
   * ErrorTranslator} knows, becomes the outcome of that key, with the number of attempts that the
   * pipeline made before. Any other error is a bug and ends the run.
   *
   * @param step what follows an outcome; must keep the key
   * @param <W> the type of a value in the end
   */
  public <W> Pipeline<K, W> then(
      Function<? super Outcome<K, V>, ? extends Single<Outcome<K, W>>> step) {
    requireNonNull(step, "step");
    return with(() -> after(stages.get(), step));
  }

  private static <K, V, W> Stage<K, W> after(
      Stage<K, V> stage, Function<? super Outcome<K, V>, ? extends Single<Outcome<K, W>>> step) {
    return (key, run, course) ->
        stage
            .run(key, run, course)
            .<Outcome<K, W>>flatMap(timed(step, course.timings()))
            .onErrorResumeNext(e -> outcomeOf(e, key, course));
  }

  private static <T, W> Function<? super T, ? extends Single<W>> timed(
      Function<? super T, ? extends Single<W>> step, @Nullable Timings timings) {
    return timings == null
        ? step
        : value -> {
          long began = timings.now();
          return step.apply(value)
              .doOnEvent((next, e) -> timings.add(Phase.DISK, timings.now() - began));
        };
  }

  /**
   * {@return a pipeline that goes on with every value: to the disk, to a database}
   *
   * <p>As {@link #then(Function)}, for a step that needs neither failures nor outcomes: {@code
   * then((key, value) -> Single.fromCallable(() -> saved(key, value)).subscribeOn(disk))}. What is
   * not found or has failed passes by unchanged. An {@code IOException} of the step is a failure
   * with the number of attempts that the pipeline made for this value.
   *
   * @param step what follows a value
   * @param <W> the type of a value in the end
   */
  public <W> Pipeline<K, W> then(BiFunction<? super K, ? super V, ? extends Single<W>> step) {
    requireNonNull(step, "step");
    return then(ofValue(step));
  }

  /**
   * {@return a pipeline that goes on with every value, by a step that is made anew for each run}
   *
   * <p>As {@link #then(BiFunction)}, for a step that remembers the earlier values of its run.
   *
   * @param step makes the step of a run
   * @param <W> the type of a value in the end
   */
  public <W> Pipeline<K, W> then(RunStep<K, V, W> step) {
    requireNonNull(step, "step");
    return with(() -> after(stages.get(), ofValue(step.forRun())));
  }

  private static <K, V, W> Function<Outcome<K, V>, Single<Outcome<K, W>>> ofValue(
      BiFunction<? super K, ? super V, ? extends Single<W>> step) {
    return outcome ->
        outcome instanceof Success<K, V> success
            ? step.apply(success.key(), success.value())
                .map(value -> Outcome.success(success.key(), value))
            : Single.just(withoutValue(outcome));
  }

  /**
   * {@return a pipeline for keys as they were typed; each outcome has the typed key}
   *
   * <p>A text that is no key is a failure with 0 attempts and takes no permit.
   *
   * @param parse makes a key of what was typed; an {@code IOException} says that it is none, and
   *     anything else is a bug
   * @param <T> the type of what is typed
   */
  public <T> Pipeline<T, V> parsing(Function<? super T, ? extends K> parse) {
    requireNonNull(parse, "parse");
    return with(() -> parsing(parse, stages.get()));
  }

  private static <T, K, V> Stage<T, V> parsing(
      Function<? super T, ? extends K> parse, Stage<K, V> stage) {
    return (typed, run, course) -> {
      K key;
      try {
        key = parse.apply(requireNonNull(typed, "key"));
      } catch (IOException e) {
        return Single.just(Outcome.failure(typed, e, 0));
      } catch (Throwable e) {
        return Single.error(e);
      }
      return stage.run(key, run, course).map(outcome -> outcome.mapKey(parsed -> typed));
    };
  }

  /**
   * {@return a pipeline that makes no attempt at a key whose value is known already}
   *
   * <p>Such a key is a success with 0 attempts, and takes neither a permit nor a token of a rate.
   * The lookup holds a place in the window. An {@code IOException} that it throws or signals, or
   * another exception that an {@link ErrorTranslator} knows, is the outcome of that key, also
   * without an attempt. Any other error is a bug and ends the run. To be called before {@link
   * #then}, whose steps then follow a known value as any other.
   *
   * @param lookup emits the value; empty for an attempt. Subscribing must not block
   */
  public Pipeline<K, V> unlessKnown(Function<? super K, ? extends Maybe<? extends V>> lookup) {
    requireNonNull(lookup, "lookup");
    return with(() -> unlessKnown(lookup, stages.get()));
  }

  private static <K, V> Stage<K, V> unlessKnown(
      Function<? super K, ? extends Maybe<? extends V>> lookup, Stage<K, V> stage) {
    return (key, run, course) -> {
      Maybe<? extends V> known;
      try {
        known = requireNonNull(lookup.apply(key), "lookup");
      } catch (Throwable e) {
        return outcomeOf(e, key, course);
      }
      // Most keys: very many of them may wait, and the operators take memory.
      return known == Maybe.<V>empty()
          ? stage.run(key, run, course)
          : known
              .map(value -> Outcome.<K, V>success(key, value))
              .onErrorResumeNext(e -> Pipeline.<K, V>outcomeOf(e, key, course).toMaybe())
              .switchIfEmpty(Single.defer(() -> stage.run(key, run, course)));
    };
  }

  /**
   * {@return a pipeline that records every outcome before it is emitted, with its times}
   *
   * <p>To be called last, so that the log has the outcomes as they are emitted. The entry is made
   * and recorded on the thread of the outcome: at once, or, in a {@linkplain LoopTurn turn of an
   * event loop}, together with the others of the turn. If it cannot be recorded, the outcome of
   * that key is a failure with the {@code IOException} of the log, and so are the outcomes of later
   * keys, which are not attempted while {@link OutcomeLog#check} fails: there are as many outcomes
   * as keys.
   *
   * @param log where the entries go: a {@code dev.sluice.journal.Journal}
   * @param codec makes an entry of an outcome and its times
   * @param <E> what is recorded for an outcome
   */
  public <E> Pipeline<K, V> journalled(
      OutcomeLog<? super E> log, OutcomeCodec<? super K, ? super V, ? extends E> codec) {
    requireNonNull(log, "log");
    requireNonNull(codec, "codec");
    return new Pipeline<>(policy, singles, true, () -> journalled(log, codec, stages.get()));
  }

  private static <K, V, E> Stage<K, V> journalled(
      OutcomeLog<? super E> log,
      OutcomeCodec<? super K, ? super V, ? extends E> codec,
      Stage<K, V> stage) {
    return (key, run, course) -> {
      try {
        log.check();
      } catch (IOException e) {
        return Single.just(Outcome.failure(key, e, 0));
      }
      return RecordedOutcome.of(log, codec, key, course, stage.run(key, run, course));
    };
  }

  /**
   * {@return a pipeline whose runs end within this time}
   *
   * <p>A key that has no outcome by then is a failure with a {@link DeadlineException} of the clock
   * {@link DeadlineException.Clock#RUN}; what is under way is disposed, and the keys that follow
   * are not attempted. So there are still as many outcomes as keys, if the keys end.
   *
   * @param duration longer than zero, from the subscription on; {@link Policy#FOREVER} for no end
   */
  public Pipeline<K, V> within(Duration duration) {
    Duration longest = DurationText.atMostForever(Check.positive(duration, "duration"));
    Scheduler timer = policy.schedulers().timer();
    return longest.equals(Policy.FOREVER)
        ? this
        : with(() -> within(longest, policy.limiter(), timer, stages.get()));
  }

  private static <K, V> Stage<K, V> within(
      Duration longest, Limiter limiter, Scheduler timer, Stage<K, V> stage) {
    long began = timer.now(NANOSECONDS);
    LongSupplier leftNanos = () -> longest.toNanos() - (timer.now(NANOSECONDS) - began);
    return (key, run, course) -> {
      Single<Outcome<K, V>> late =
          Single.fromSupplier(
              () ->
                  Outcome.failure(
                      key,
                      new DeadlineException(Clock.RUN, key, key.toString(), longest),
                      course.get()));
      long left = leftNanos.getAsLong();
      if (left <= 0) {
        return late;
      }
      return stage
          .run(key, run, course)
          .doOnDispose(
              () -> {
                if (leftNanos.getAsLong() <= 0) {
                  // Before the permit is back: it would start the next request of this run.
                  limiter.close(run);
                }
              })
          .timeout(left, NANOSECONDS, timer, late);
    };
  }

  private <T, W> Pipeline<T, W> with(Supplier<Stage<T, W>> others) {
    return new Pipeline<>(policy, singles, timed, others);
  }

  private static <K, W> Single<Outcome<K, W>> outcomeOf(Throwable e, K key, Course course) {
    Translation translation = ErrorTranslators.translate(e);
    IOException cause = translation.cause();
    if (translation.isUnknown()) {
      return Single.error(e);
    }
    return Single.just(
        cause == null ? Outcome.notFound(key) : Outcome.failure(key, cause, course.get()));
  }

  /** The same 'not found' or failure, for another type of value. */
  private static <K, W> Outcome<K, W> withoutValue(Outcome<K, ?> outcome) {
    return outcome instanceof Failure<K, ?> failure
        ? Outcome.failure(failure.key(), failure.cause(), failure.attempts())
        : Outcome.notFound(outcome.key());
  }

  /**
   * Closes the run's queue as soon as the run ends. Its keys are disposed one by one after that,
   * and each gives its permit back, which must not start the next one of them.
   */
  private Flowable<Outcome<K, V>> run(Flowable<? extends K> keys, Order<K, V> order) {
    requireNonNull(keys, "keys");
    return Flowable.defer(
        () -> {
          Lane.Run run = Limiter.run(policy.weight());
          Stage<K, V> stage = stages.get();
          RunClock clock = clock();
          Flowable<? extends K> watched =
              keys.doOnError(e -> policy.limiter().close(run))
                  .doOnCancel(() -> policy.limiter().close(run));
          return order.of(watched, key -> outcome(stage, key, run, clock));
        });
  }

  /** Null if the times of keys are of no use. */
  private @Nullable RunClock clock() {
    return timed ? new RunClock(policy.schedulers().timer()) : null;
  }

  private Single<Outcome<K, V>> outcome(
      Stage<K, V> stage, K key, Lane.Run run, @Nullable RunClock clock) {
    Course course = clock == null ? Course.untimed() : Course.timed(clock);
    Single<Outcome<K, V>> outcome = stage.run(key, run, course);
    Listeners listeners = policy.limiter().listeners();
    return listeners.isEmpty()
        ? outcome
        : outcome.doOnSuccess(value -> listeners.tell(listener -> listener.outcome(value)));
  }

  /**
   * A step of a pipeline that is made anew for each run, so that it can remember the earlier values
   * of that run. A run is one subscription to {@link #runAll}, {@link #runInOrder}, {@link
   * #runOnDemand} or {@link #run}.
   *
   * @param <K> the type of a key
   * @param <V> the type of a value before the step
   * @param <W> the type of a value after it
   */
  @FunctionalInterface
  public interface RunStep<K, V, W> {
    /** {@return the step for the values of one run; called by several threads at once} */
    BiFunction<? super K, ? super V, ? extends Single<W>> forRun();
  }

  /** What makes the outcome of one key. */
  @FunctionalInterface
  private interface Stage<K, V> {
    /**
     * The outcome, for one subscriber.
     *
     * @param run the run that the key belongs to
     * @param course counts the attempts at the key
     */
    Single<Outcome<K, V>> run(K key, Lane.Run run, Course course);
  }

  /** In which order outcomes come. */
  @FunctionalInterface
  private interface Order<K, V> {
    Flowable<Outcome<K, V>> of(
        Flowable<? extends K> keys, Function<? super K, Single<Outcome<K, V>>> each);
  }
}
