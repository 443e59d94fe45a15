package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Document;
import dev.sluice.fetch.Fetch;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import java.time.Duration;
import okhttp3.ResponseBody;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** The library as a user takes it: a recipe, a policy and a folder. */
final class SluiceDownloads {
  /** Much longer than an answer takes: the timeout is armed but never expires. */
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  interface Api {
    @GET("{key}/{key}.gif")
    Maybe<ResponseBody> flag(@Path("key") String key);
  }

  private SluiceDownloads() {}

  /** Emits the number of outcomes. A failure ends the run. */
  static Single<Long> run(DownloadJob job) {
    return run(job, HttpOptions.standard());
  }

  /** The same with other options, such as another transport. */
  static Single<Long> run(DownloadJob job, HttpOptions options) {
    Policy policy = policy(job);
    return Single.using(
        () -> HttpClient.at(URI.create(job.base()), policy, options),
        client -> downloadAll(client, policy, job),
        HttpClient::close);
  }

  private static Single<Long> downloadAll(HttpClient client, Policy policy, DownloadJob job) {
    Api api = client.api(Api.class);
    return downloadAll(key -> document(api, key), policy, job);
  }

  static Policy policy(DownloadJob job) {
    return Policy.limit(job.limit()).withAttemptTimeout(ATTEMPT);
  }

  /** Downloads with a work of its own. */
  static Single<Long> downloadAll(Work<String, Document> work, Policy policy, DownloadJob job) {
    return Fetch.of(work, policy, Folder.at(job.folder()))
        .downloadAll(job.keys())
        .doOnNext(SluiceDownloads::requireSuccess)
        .count();
  }

  static Maybe<Document> document(Api api, String key) {
    return api.flag(key).map(body -> new Document(FileName.of(key + ".gif"), body.bytes()));
  }

  private static void requireSuccess(Outcome<?, ?> outcome) {
    if (!(outcome instanceof Outcome.Success)) {
      throw new IllegalStateException(outcome.toString());
    }
  }
}
