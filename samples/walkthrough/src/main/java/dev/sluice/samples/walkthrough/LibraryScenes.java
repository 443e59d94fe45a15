package dev.sluice.samples.walkthrough;

import static java.time.Duration.ofSeconds;

import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Window;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Scenes of the library itself, for the pictures of its Javadoc. */
final class LibraryScenes {
  private LibraryScenes() {}

  static Completable window(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene(
            "Window.of(2).asCompleted(A, B, C)",
            context,
            log -> emitted(log, Window.of(2).asCompleted(keys(), key -> work(key, log)))),
        WorkLog.scene(
            "Window.of(2).inOrder(A, B, C)",
            context,
            log -> emitted(log, Window.of(2).inOrder(keys(), key -> work(key, log)))));
  }

  static Completable limiter(SampleContext context) {
    return WorkLog.scene(
        "two streams with Limiter.of(2)",
        context,
        log -> {
          Limiter limiter = Limiter.of(2);
          return permitted("A", limiter, log).mergeWith(permitted("B", limiter, log));
        });
  }

  static Completable policy(SampleContext context) {
    Policy policy =
        Policy.limit(1)
            .withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(ofSeconds(2))))
            .withSchedulers(IoSchedulers.shared().withTimer(context.loop()));
    return Completable.concatArray(
        run(
            "the permit goes back before the wait for a retry",
            policy.withAttemptTimeout(Policy.FOREVER),
            context,
            log -> failsFirst(log)),
        run(
            "withAttemptTimeout(2 s)",
            policy.withRetry(Retry.none()).withAttemptTimeout(ofSeconds(2)),
            context,
            log -> key -> log.work(key, key.equals("A") ? 3 : 1).toMaybe()),
        run(
            "withItemTimeout(2 s)",
            policy.withAttemptTimeout(Policy.FOREVER).withItemTimeout(ofSeconds(2)),
            context,
            log -> failsFirst(log)));
  }

  private static Completable run(
      String title,
      Policy policy,
      SampleContext context,
      Function<WorkLog, Function<String, Maybe<String>>> work) {
    return WorkLog.scene(
        title,
        context,
        log -> {
          Function<String, Maybe<String>> attempt = work.apply(log);
          return Pipeline.<String, String>of(policy, attempt::apply)
              .runAll(Flowable.just("A", "B"))
              .doOnNext(o -> log.print("emits " + o.getClass().getSimpleName() + " of " + o.key()))
              .ignoreElements();
        });
  }

  /** The first attempt for A fails after 1 s; every other attempt succeeds after 1 s. */
  private static Function<String, Maybe<String>> failsFirst(WorkLog log) {
    AtomicBoolean failed = new AtomicBoolean();
    return key ->
        key.equals("A") && failed.compareAndSet(false, true)
            ? log.failing(key, 1).onErrorResumeWith(error(key)).toMaybe()
            : log.work(key, 1).toMaybe();
  }

  private static Single<String> error(String key) {
    return Single.error(() -> new IOException(key + " failed"));
  }

  private static Flowable<String> keys() {
    return Flowable.just("A", "B", "C");
  }

  private static Single<String> work(String key, WorkLog log) {
    return log.work(key, key.equals("A") ? 3 : 1);
  }

  private static Completable emitted(WorkLog log, Flowable<String> results) {
    return results.doOnNext(key -> log.print("emits " + key)).ignoreElements();
  }

  private static Completable permitted(String name, Limiter limiter, WorkLog log) {
    return Flowable.range(1, 3)
        .flatMapMaybe(i -> limiter.permit(log.work(name + i, 1).toMaybe()), false, 3)
        .ignoreElements();
  }
}
