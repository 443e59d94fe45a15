package dev.sluice.genres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Document;
import dev.sluice.fetch.Saved;
import dev.sluice.fetch.Saving;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Genres as Genrenator makes them up: every request brings another one.
 *
 * <pre>{@code
 * URI source = URI.create("https://binaryjazz.us/");
 * try (Genres genres = Genres.at(source, Folder.at(Path.of("genres")), GenreOptions.standard())) {
 *   genres.downloadAll(10).blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Nothing is asked for that nobody wants: a consumer that requests 3 genres costs 3 requests,
 * made at once as far as the policy allows.
 *
 * <p>Any status but a success is a failure, a 404 too: there is no genre that does not exist, so
 * somebody asked in the wrong place. So is an answer that is not a JSON string, is empty, or has
 * more than {@value Genre#MAX_CHARACTERS} characters.
 */
public final class Genres implements AutoCloseable {
  private final HttpClient client;
  private final Pipeline<Integer, Genre> made;
  private final Pipeline<Integer, List<Genre>> batches;
  private final Pipeline<Integer, SavedGenre> saved;

  private Genres(URI base, Folder folder, GenreOptions options) {
    Policy policy = options.policy();
    client = HttpClient.at(base, policy, options.http());
    GenreSource source = new GenreSource(client);
    Saving<Integer, Genre> saving = Saving.of(Genres::document, folder, policy.schedulers().disk());
    made = Pipeline.of(policy, source.single());
    batches = Pipeline.of(policy, source.batch());
    saved = made.then(outcome -> saving.apply(outcome).map(Genres::genre));
  }

  /**
   * {@return the genres of this server}
   *
   * @param base what {@code wp-json/genrenator/v1/} is relative to: http or https, no query and no
   *     fragment
   * @param folder where downloaded genres go
   * @param options how they are fetched
   */
  public static Genres at(URI base, Folder folder, GenreOptions options) {
    return new Genres(base, requireNonNull(folder, "folder"), requireNonNull(options, "options"));
  }

  /**
   * {@return so many genres in memory, as they come}
   *
   * <p><b>Backpressure:</b> honoured to the letter: a consumer that requests 3 costs 3 requests.
   * <b>Scheduler:</b> the network scheduler, or the timer when a clock ran out. <b>Failure:</b> the
   * first genre that fails for good ends the stream with its {@code IOException}; {@link
   * #downloadAll} has outcomes instead. <b>Cancellation:</b> cancels the calls under way and gives
   * their permits back.
   *
   * @param count how many, 0 or more
   */
  public Flowable<Genre> fetch(int count) {
    return made.runOnDemand(indices(count)).map(Genres::value);
  }

  /**
   * {@return so many genres in memory, which one request brings}
   *
   * <p><b>Backpressure:</b> honoured; the one request is made when somebody subscribes.
   * <b>Scheduler:</b> the network scheduler, or the timer when a clock ran out. <b>Failure:</b>
   * {@code onError} with the {@code IOException} of the last attempt. <b>Cancellation:</b> cancels
   * the call and gives its permit back.
   *
   * @param count how many, 1 or more
   */
  public Flowable<Genre> fetchBatch(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count: " + count + ", must be at least 1");
    }
    return batches.run(count).map(Genres::value).flattenAsFlowable(genres -> genres);
  }

  /**
   * {@return what became of one genre, cold: nothing happens before somebody subscribes}
   *
   * <p><b>Scheduler:</b> a success comes on the disk scheduler, a failure on the network scheduler
   * or the timer. <b>Failure:</b> a value; only a bug goes to {@code onError}. <b>Cancellation:</b>
   * cancels the call, or leaves the file whole or absent.
   *
   * @param index which file it goes to: 3 for {@code new_file3.txt}
   */
  public Single<Outcome<Integer, SavedGenre>> download(int index) {
    return saved.run(atLeastZero("index", index));
  }

  /**
   * {@return what became of so many genres, as they come, each in a file of its own: {@code
   * new_file0.txt}, {@code new_file1.txt} …}
   *
   * <p><b>Backpressure:</b> honoured to the letter: a consumer that requests 3 costs 3 requests.
   * <b>Scheduler, failure, cancellation:</b> as for {@link #download}.
   *
   * @param count how many, 0 or more
   */
  public Flowable<Outcome<Integer, SavedGenre>> downloadAll(int count) {
    return saved.runOnDemand(indices(count));
  }

  /** Cancels the calls under way, each of which fails, and closes the connections. */
  @Override
  public void close() {
    client.close();
  }

  private static Flowable<Integer> indices(int count) {
    return Flowable.range(0, atLeastZero("count", count));
  }

  private static int atLeastZero(String name, int number) {
    if (number < 0) {
      throw new IllegalArgumentException(name + ": " + number + ", must be at least 0");
    }
    return number;
  }

  private static Document document(Integer index, Genre genre) {
    return new Document(FileName.of("new_file" + index + ".txt"), genre.name().getBytes(UTF_8));
  }

  private static Outcome<Integer, SavedGenre> genre(Outcome<Integer, Saved<Genre>> outcome) {
    return outcome.map(saved -> new SavedGenre(saved.value(), saved.file().path()));
  }

  /** A genre is never 'not found', so what is no failure is a success. */
  private static <V> V value(Outcome<Integer, V> outcome) throws IOException {
    if (outcome instanceof Failure<Integer, V> failure) {
      throw failure.cause();
    }
    return ((Success<Integer, V>) outcome).value();
  }
}
