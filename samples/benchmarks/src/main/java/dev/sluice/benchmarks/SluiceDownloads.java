package dev.sluice.benchmarks;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Document;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloads;
import dev.sluice.fetch.Fetch;
import dev.sluice.fetch.SavedFile;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.ValueNotes;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.ResponseBody;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** The library as a user takes it: a recipe, a policy and a folder. */
final class SluiceDownloads {
  /** Much longer than an answer takes: the timeout is armed but never expires. */
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  private static final JournalCodec<String, SavedFile> CODEC =
      JournalCodec.<SavedFile>ofText()
          .withValues(saved -> ValueNotes.NONE.withFile(saved.path(), saved.bytes()));

  private static final JournalCodec<Download, Downloaded> URL_CODEC =
      JournalCodec.<Download, Downloaded>of(
              download -> download.url().toString(), text -> Download.of(URI.create(text)))
          .withValues(Downloaded::journalNotes);

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
    return run(job, options, pipeline -> pipeline);
  }

  /** The same by {@link Downloads}, which name the files after their URLs. */
  static Single<Long> runByUrl(DownloadJob job, HttpOptions options) {
    return runByUrl(job, options, pipeline -> pipeline);
  }

  /** The same, with a line in a journal beside the folder for each outcome. */
  static Single<Long> runByUrlJournalled(DownloadJob job) {
    return withJournal(
        job,
        journal ->
            runByUrl(
                job, HttpOptions.standard(), pipeline -> pipeline.journalled(journal, URL_CODEC)));
  }

  private static Single<Long> runByUrl(
      DownloadJob job, HttpOptions options, UnaryOperator<Pipeline<Download, Downloaded>> change) {
    return Single.using(
        () -> HttpClient.at(URI.create(job.base()), policy(job), options),
        client ->
            change
                .apply(Downloads.into(Folder.at(job.folder()), client).pipeline())
                .runAll(job.keys().map(key -> Download.of(URI.create(job.url(key)))))
                .doOnNext(SluiceDownloads::requireSuccess)
                .count(),
        HttpClient::close);
  }

  /** By the interface, with a line in a journal beside the folder for each outcome. */
  static Single<Long> runJournalled(DownloadJob job) {
    return withJournal(
        job,
        journal ->
            run(job, HttpOptions.standard(), pipeline -> pipeline.journalled(journal, CODEC)));
  }

  private static Single<Long> withJournal(
      DownloadJob job, Function<? super Journal, Single<Long>> run) {
    java.nio.file.Path file = job.folder().resolveSibling("journal.ndjson");
    return Single.using(
        () -> {
          Files.deleteIfExists(file);
          return Journal.open(file);
        },
        run::apply,
        Journal::close);
  }

  private static Single<Long> run(
      DownloadJob job, HttpOptions options, UnaryOperator<Pipeline<String, SavedFile>> change) {
    Policy policy = policy(job);
    return Single.using(
        () -> HttpClient.at(URI.create(job.base()), policy, options),
        client -> downloadAll(client, policy, job, change),
        HttpClient::close);
  }

  private static Single<Long> downloadAll(
      HttpClient client,
      Policy policy,
      DownloadJob job,
      UnaryOperator<Pipeline<String, SavedFile>> change) {
    Api api = client.api(Api.class);
    return downloadAll(key -> document(api, key), policy, job, change);
  }

  static Policy policy(DownloadJob job) {
    return Policy.limit(job.limit()).withAttemptTimeout(ATTEMPT);
  }

  /** Downloads with a work of its own. */
  static Single<Long> downloadAll(Work<String, Document> work, Policy policy, DownloadJob job) {
    return downloadAll(work, policy, job, pipeline -> pipeline);
  }

  private static Single<Long> downloadAll(
      Work<String, Document> work,
      Policy policy,
      DownloadJob job,
      UnaryOperator<Pipeline<String, SavedFile>> change) {
    return change
        .apply(Fetch.of(work, policy, Folder.at(job.folder())).downloads())
        .runAll(job.keys())
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
