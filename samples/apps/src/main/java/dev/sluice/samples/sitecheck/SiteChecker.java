package dev.sluice.samples.sitecheck;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Resource;
import dev.sluice.Work;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.util.function.BiConsumer;
import okhttp3.ResponseBody;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** Requests pages, each with an HTTP client of its own that is closed when the answer is there. */
final class SiteChecker {
  private static final int SHOWN_CHARACTERS = 17;

  private final Policy policy;
  private final HttpOptions options;
  private final BiConsumer<URI, String> watcher;

  /**
   * @param watcher gets the site and {@code session opened} or {@code session closed}
   */
  SiteChecker(Policy policy, HttpOptions options, BiConsumer<URI, String> watcher) {
    this.policy = policy;
    this.options = options;
    this.watcher = watcher;
  }

  /** The answers of sites. The sites of one host share a lane. */
  Pipeline<URI, Answer> pipeline() {
    Work<URI, Answer> work = this::asked;
    return Pipeline.of(policy, work.withLane(HttpClient::lane))
        .then(outcome -> Single.just(withStatus(outcome)));
  }

  /** An error status is an answer, too. Its body is an error page, which is not shown. */
  private static Outcome<URI, Answer> withStatus(Outcome<URI, Answer> outcome) {
    return outcome instanceof Failure<URI, Answer> failure
            && failure.cause() instanceof StatusException refusal
        ? Outcome.success(outcome.key(), new Answer(refusal.status(), ""))
        : outcome;
  }

  private Maybe<Answer> asked(URI site) {
    return session(site)
        .useOnce(
            client ->
                client.api(Sites.class).get(site.toString()).map(SiteChecker::answer).toMaybe());
  }

  private Resource<HttpClient> session(URI site) {
    return Resource.of(
        () -> {
          HttpClient client = HttpClient.at(site.resolve("/"), policy, options);
          watcher.accept(site, "session opened");
          return client;
        },
        client -> {
          client.close();
          watcher.accept(site, "session closed");
        });
  }

  private static Answer answer(Response<ResponseBody> response) throws IOException {
    String body =
        response.isSuccessful() && response.body() != null ? response.body().string() : "";
    return new Answer(response.code(), start(body));
  }

  /** The first characters on one line. */
  private static String start(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    int shown = Math.min(SHOWN_CHARACTERS, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, shown));
  }

  /**
   * The answer of a site.
   *
   * @param start at most 17 characters of the body, on one line; empty for an error status
   */
  record Answer(int status, String start) {}

  /** Any page. */
  interface Sites {
    @GET
    Single<Response<ResponseBody>> get(@Url String url);
  }
}
