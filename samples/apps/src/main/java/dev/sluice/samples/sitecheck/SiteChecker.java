package dev.sluice.samples.sitecheck;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Resource;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;
import okhttp3.ResponseBody;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** Asks each site in a session of its own, which is open for that long. */
final class SiteChecker {
  private static final int SHOWN_CHARACTERS = 17;

  private final Policy policy;
  private final BiConsumer<URI, String> watcher;

  /**
   * @param watcher is told when a session is opened and closed
   */
  SiteChecker(Policy policy, BiConsumer<URI, String> watcher) {
    this.policy = policy;
    this.watcher = watcher;
  }

  /** What they answered, the quickest first. */
  Flowable<Outcome<URI, Answer>> of(List<URI> sites) {
    return Pipeline.of(policy, this::asked)
        .then(outcome -> Single.just(withStatus(outcome)))
        .runAll(Flowable.fromIterable(sites));
  }

  /** Any status is an answer here, though one without a body. */
  private static Outcome<URI, Answer> withStatus(Outcome<URI, Answer> outcome) {
    return outcome instanceof Failure<URI, Answer> failure
            && failure.cause() instanceof StatusException refusal
        ? Outcome.success(outcome.key(), new Answer(refusal.status(), ""))
        : outcome;
  }

  private Maybe<Answer> asked(URI site) {
    return session(site)
        .useOnce(client -> client.api(Sites.class).get(site.toString()).map(SiteChecker::answer).toMaybe());
  }

  private Resource<HttpClient> session(URI site) {
    return Resource.of(
        () -> {
          HttpClient client = HttpClient.at(site.resolve("/"), policy, HttpOptions.standard());
          watcher.accept(site, "session opened");
          return client;
        },
        client -> {
          client.close();
          watcher.accept(site, "session closed");
        });
  }

  private static Answer answer(Response<ResponseBody> response) throws IOException {
    String body = response.body() == null ? "" : response.body().string();
    int shown = Math.min(SHOWN_CHARACTERS, body.codePointCount(0, body.length()));
    return new Answer(response.code(), body.substring(0, body.offsetByCodePoints(0, shown)));
  }

  /**
   * What a site said.
   *
   * @param start of the body: 17 characters at most
   */
  record Answer(int status, String start) {}

  /** Anything. */
  interface Sites {
    @GET
    Single<Response<ResponseBody>> get(@Url String url);
  }
}
