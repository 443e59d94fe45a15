package dev.sluice.samples.walkthrough;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Resource;
import dev.sluice.Retry;
import dev.sluice.Work;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.NetworkErrorText;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The eleven races of EasyRacer (github.com/jamesward/easyracer). A failure is a value, so a race
 * is {@code takeUntil} the first success, which disposes all other requests.
 *
 * <p>The transport is java.net.http: the client of Sluice blocks a thread for each request, and
 * race 3 has 10,000 at once.
 *
 * @param crowd how many requests race 3 sends
 * @param computing what race 10 computes until it is disposed
 * @param load how many processors that keeps busy
 */
record EasyRacer(
    URI server,
    HttpClient http,
    int crowd,
    Scheduler clock,
    Work<String, String> computing,
    DoubleSupplier load) {

  /** The result of a race: {@code right}, another response, or why there is none. */
  Single<String> run(int number) {
    Single<String> result =
        switch (number) {
          case 3 -> race(get("/3", crowd));
          case 4 -> race(get("/4", 1).mergeWith(getWithin(ofSeconds(1), "/4")));
          case 6 -> race(get("/6", 3));
          case 7 -> race(get("/7", 1).mergeWith(get("/7", 1).delaySubscription(3, SECONDS, clock)));
          case 8 -> race(useResources("/8", 2));
          case 9 -> get("/9", 10).mapOptional(Outcome::asOptional).reduce("", String::concat);
          case 10 -> race(computeAndReport("/10?" + UUID.randomUUID()));
          case 11 -> race(get("/11", 1).mergeWith(untilSuccess(get("/11", 2))));
          default -> race(get("/" + number, 2));
        };
    return result.onErrorReturn(
        e -> NetworkErrorText.of(e, server.toString()).orElseGet(() -> ErrorText.of(e)));
  }

  /** The first success, or the last failure as an error. */
  private static Single<String> race(Flowable<Outcome<String, String>> racers) {
    return untilSuccess(racers).lastOrError().map(Outcome::orElseThrow);
  }

  private static Flowable<Outcome<String, String>> untilSuccess(
      Flowable<Outcome<String, String>> racers) {
    return racers.takeUntil(outcome -> outcome instanceof Success);
  }

  /** A resource is closed after each use, also one that fails. Open and close block. */
  private Flowable<Outcome<String, String>> useResources(String path, int count) {
    Resource<String> resource =
        Resource.of(() -> send(path + "?open"), id -> send(path + "?close=" + id));
    Work<String, String> use =
        key ->
            resource
                .useOnce(
                    id -> request(key + "?use=" + id).observeOn(IoSchedulers.shared().network()))
                .subscribeOn(IoSchedulers.shared().network());
    return Pipeline.of(policy(), use).runAll(Flowable.just(path).repeat(count));
  }

  /** Computes while a request is open, and reports the load each second until told to stop. */
  private Flowable<Outcome<String, String>> computeAndReport(String path) {
    Retry eachSecond =
        Retry.upTo(60)
            .withBackoff(Backoff.fixed(ofSeconds(1)))
            .withCondition(e -> String.valueOf(e.getMessage()).startsWith("302 "));
    Work<String, String> report = key -> Maybe.defer(() -> request(key + "=" + load.getAsDouble()));
    Completable computed = Pipeline.of(policy(), computing).run(path).ignoreElement();
    return Pipeline.of(policy().withRetry(eachSecond), report)
        .run(path)
        .toFlowable()
        .mergeWith(computed.takeUntil(request(path).ignoreElement()));
  }

  private Policy policy() {
    return Policy.limit(Math.max(crowd, 10))
        .withAttemptTimeout(ofSeconds(60))
        .withSchedulers(IoSchedulers.shared().withTimer(clock));
  }

  private Flowable<Outcome<String, String>> get(String path, int count) {
    return Pipeline.of(policy(), this::request).runAll(Flowable.just(path).repeat(count));
  }

  private Flowable<Outcome<String, String>> getWithin(Duration time, String path) {
    Policy hasty = policy().withAttemptTimeout(time);
    return Pipeline.of(hasty, this::request).run(path).toFlowable();
  }

  /** Cancelling the future closes the connection: the server sees that its client hung up. */
  private Maybe<String> request(String path) {
    return Maybe.<HttpResponse<String>>create(
            emitter -> {
              var response = http.sendAsync(to(path), ofString());
              emitter.setCancellable(() -> response.cancel(true));
              response.thenAccept(emitter::onSuccess).exceptionally(e -> failed(emitter, e));
            })
        .map(EasyRacer::body);
  }

  private String send(String path) throws IOException, InterruptedException {
    return body(http.send(to(path), ofString()));
  }

  private HttpRequest to(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).build();
  }

  private static String body(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private static @Nullable Void failed(MaybeEmitter<?> emitter, Throwable e) {
    emitter.tryOnError(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    return null;
  }
}
