package dev.sluice.genres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Document;
import dev.sluice.fetch.Saved;
import dev.sluice.fetch.Saving;
import dev.sluice.http.HttpClient;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.ValueNotes;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Genres of music that Genrenator makes up; every request brings another one. {@link #downloads()}
 * go to files, {@link #names()} and {@link #batches()} stay in memory.
 *
 * <pre>{@code
 * URI source = URI.create("https://binaryjazz.us/");
 * try (Genres genres = Genres.at(source, Folder.at(Path.of("genres")), GenreOptions.standard())) {
 *   genres.downloadAll(10).blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>{@link #fetch}, {@link #fetchBatch} and {@link #downloadAll} send no request ahead of demand:
 * a consumer that requests 3 genres costs 3 requests, made at once as far as the policy allows.
 *
 * <p>Every status but a success is a failure, also 404: it means that the URL is wrong. So is a
 * response that is no JSON string, is empty, or has more than {@value Genre#MAX_CHARACTERS}
 * characters.
 *
 * <p>Thread-safe. The pipelines share the permits of the policy, and are of no use after {@link
 * #close()}.
 */
public final class Genres implements AutoCloseable {
  private final HttpClient client;
  private final Pipeline<Integer, Genre> names;
  private final Pipeline<Integer, List<Genre>> batches;
  private final @Nullable Pipeline<Integer, Saved<Genre>> downloads;

  private Genres(URI base, @Nullable Folder folder, GenreOptions options) {
    client = HttpClient.at(base, options.policy(), options.http());
    GenreSource source = new GenreSource(client);
    names = client.pipeline(source.single());
    batches = client.pipeline(source.batch());
    downloads =
        folder == null
            ? null
            : names.then(Saving.of(Genres::document, folder, client.policy().schedulers()));
  }

  /**
   * {@return the genres of this server, to files and in memory}
   *
   * @param base the URL under which {@code wp-json/genrenator/v1/} is: http or https, no query, no
   *     fragment
   * @param folder where downloaded genres go; created when the first one comes
   * @param options how they are fetched
   */
  public static Genres at(URI base, Folder folder, GenreOptions options) {
    return new Genres(base, requireNonNull(folder, "folder"), requireNonNull(options, "options"));
  }

  /**
   * {@return the genres of this server, in memory only: {@link #downloads()} throws an {@code
   * IllegalStateException}}
   *
   * @param base the URL under which {@code wp-json/genrenator/v1/} is: http or https, no query, no
   *     fragment
   * @param options how they are fetched
   */
  public static Genres inMemory(URI base, GenreOptions options) {
    return new Genres(base, null, requireNonNull(options, "options"));
  }

  /**
   * {@return the pipeline that writes genres into files; the key 3 goes to {@code new_file3.txt}}
   *
   * <p>A success comes on the disk scheduler, after its file is in place; a failure on the network
   * scheduler, or on the timer after a timeout.
   */
  public Pipeline<Integer, Saved<Genre>> downloads() {
    if (downloads == null) {
      throw new IllegalStateException("these genres are in memory: Genres.at(…) has a folder");
    }
    return downloads;
  }

  /**
   * {@return what a journal notes of {@link #downloads()}: the number, the file and its length}
   *
   * <pre>{@code
   * genres.downloads().journalled(journal, Genres.journalCodec()).runOnDemand(numbers)
   * }</pre>
   */
  public static JournalCodec<Integer, Saved<Genre>> journalCodec() {
    return JournalCodec.<Saved<Genre>>ofInteger()
        .withValues(saved -> ValueNotes.NONE.withFile(saved.file().path(), saved.file().bytes()));
  }

  /**
   * {@return the pipeline that fetches one genre for each key into memory; the key counts for
   * nothing else}
   *
   * <p>Outcomes come on the network scheduler, or on the timer after a timeout.
   */
  public Pipeline<Integer, Genre> names() {
    return names;
  }

  /**
   * {@return the pipeline that fetches many genres by one request into memory; the key says how
   * many, 1 or more}
   *
   * <p>Outcomes come on the network scheduler, or on the timer after a timeout.
   */
  public Pipeline<Integer, List<Genre>> batches() {
    return batches;
  }

  /**
   * {@return so many genres in memory, as they come}
   *
   * <p><b>Backpressure:</b> honoured; a consumer that requests 3 costs 3 requests.
   * <b>Scheduler:</b> the network scheduler, or the timer after a timeout. <b>Failure:</b> the
   * first genre that fails after its retries ends the stream with its {@code IOException}; {@code
   * names().runOnDemand(…)} has outcomes instead. <b>Cancellation:</b> cancels the calls under way
   * and gives their permits back.
   *
   * @param count how many, 0 or more
   */
  public Flowable<Genre> fetch(int count) {
    return names.runOnDemand(indices(count)).map(Genres::value).lift(new QuietAfterCancel<>());
  }

  /**
   * {@return so many genres in memory, by one request}
   *
   * <p><b>Backpressure:</b> honoured; the request is sent on subscription. <b>Scheduler:</b> the
   * network scheduler, or the timer after a timeout. <b>Failure:</b> {@code onError} with the
   * {@code IOException} of the last attempt. <b>Cancellation:</b> cancels the call and gives its
   * permit back.
   *
   * @param count how many, 1 or more
   */
  public Flowable<Genre> fetchBatch(int count) {
    return batches
        .run(atLeast(1, "count", count))
        .map(Genres::value)
        .flattenAsFlowable(genres -> genres)
        .lift(new QuietAfterCancel<>());
  }

  /**
   * {@return the outcomes of so many genres, as they complete, each in a file of its own: {@code
   * new_file0.txt}, {@code new_file1.txt} …}
   *
   * <p><b>Backpressure:</b> honoured; a consumer that requests 3 costs 3 requests.
   * <b>Scheduler:</b> an outcome comes on the disk scheduler of the policy when its file is
   * written, otherwise on the thread where the last attempt ended. <b>Failure:</b> a value; only a
   * bug goes to {@code onError}. <b>Cancellation:</b> cancels the calls; each file is whole or
   * absent.
   *
   * @param count how many, 0 or more
   */
  public Flowable<Outcome<Integer, Saved<Genre>>> downloadAll(int count) {
    return downloads().runOnDemand(indices(count));
  }

  /** Cancels the calls under way, each of which is a failure, and closes the connections. */
  @Override
  public void close() {
    client.close();
  }

  private static Flowable<Integer> indices(int count) {
    return Flowable.range(0, atLeast(0, "count", count));
  }

  private static int atLeast(int least, String name, int number) {
    if (number < least) {
      throw new IllegalArgumentException(name + ": " + number + ", must be at least " + least);
    }
    return number;
  }

  private static Document document(Integer index, Genre genre) {
    return new Document(FileName.of("new_file" + index + ".txt"), genre.name().getBytes(UTF_8));
  }

  /** A genre is never 'not found': an outcome other than a failure is a success. */
  private static <V> V value(Outcome<Integer, V> outcome) throws IOException {
    if (outcome instanceof Failure<Integer, V> failure) {
      throw failure.cause();
    }
    return ((Success<Integer, V>) outcome).value();
  }
}
