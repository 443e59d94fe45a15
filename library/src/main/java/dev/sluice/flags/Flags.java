package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Fetch;
import dev.sluice.fetch.SavedFile;
import dev.sluice.http.HttpClient;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.ValueNotes;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Flags of countries, from a server that has them at {@code {cc}/{cc}.gif}: {@link #downloads()} go
 * to files, {@link #images()} stay in memory.
 *
 * <pre>{@code
 * URI source = URI.create("https://www.fluentpython.com/data/flags");
 * try (Flags flags = Flags.at(source, Folder.at(Path.of("downloaded")), FlagOptions.standard())) {
 *   flags
 *       .downloadAll(Flowable.fromIterable(CountryCode.mostPopulous()))
 *       .blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>A status 404 or 410 is <i>not found</i>. A failure is any other status, a broken connection, a
 * timeout, a body that is not a whole GIF, or a file that cannot be written; its message has the
 * URL or the path.
 *
 * <p>Thread-safe. The pipelines share the permits of the policy, and are of no use after {@link
 * #close()}.
 */
public final class Flags implements AutoCloseable {
  private final HttpClient client;
  private final Pipeline<CountryCode, Flag> images;
  private final @Nullable Pipeline<CountryCode, SavedFile> downloads;

  private Flags(URI base, @Nullable Folder folder, FlagOptions options) {
    client = HttpClient.at(base, options.policy(), options.http());
    FlagSource source = new FlagSource(client);
    images = client.pipeline(source.flags());
    downloads = folder == null ? null : fetch(source, folder, options.naming()).downloads();
  }

  private Fetch<CountryCode> fetch(FlagSource source, Folder folder, Naming naming) {
    Fetch<CountryCode> fetch = Fetch.of(source.documents(naming), client, folder);
    return naming == Naming.BY_COUNTRY_NUMBERED ? fetch.withNumbering() : fetch;
  }

  /**
   * {@return the flags of this server, to files and in memory}
   *
   * @param base the URL under which the flags are: http or https, no query, no fragment
   * @param folder where downloaded flags go; created when the first one comes
   * @param options how they are downloaded
   */
  public static Flags at(URI base, Folder folder, FlagOptions options) {
    return new Flags(base, requireNonNull(folder, "folder"), requireNonNull(options, "options"));
  }

  /**
   * {@return the flags of this server, in memory only: {@link #downloads()} throws an {@code
   * IllegalStateException}}
   *
   * @param base the URL under which the flags are: http or https, no query, no fragment
   * @param options how they are fetched; the naming of files does not matter
   */
  public static Flags inMemory(URI base, FlagOptions options) {
    return new Flags(base, null, requireNonNull(options, "options"));
  }

  /**
   * {@return the pipeline that writes flags into files}
   *
   * <p>A success comes on the disk scheduler, after its file is in place; not found and failures on
   * the network scheduler, or on the timer after a timeout. A code that comes twice is downloaded
   * twice.
   */
  public Pipeline<CountryCode, SavedFile> downloads() {
    if (downloads == null) {
      throw new IllegalStateException("these flags are in memory: Flags.at(…) has a folder");
    }
    return downloads;
  }

  /**
   * {@return {@link #downloads()} for codes in text, such as {@code br}}
   *
   * <p>Text that is no code is a failure with a message, without an attempt.
   */
  public Pipeline<String, SavedFile> downloadsOfText() {
    return downloads().parsing(CountryCode::parse);
  }

  /**
   * {@return what a journal notes of {@link #downloads()}: the code, the file and its length}
   *
   * <pre>{@code
   * flags.downloads().journalled(journal, Flags.journalCodec()).runAll(codes)
   * }</pre>
   */
  public static JournalCodec<CountryCode, SavedFile> journalCodec() {
    return JournalCodec.<CountryCode, SavedFile>of(CountryCode::value, CountryCode::parse)
        .withValues(saved -> ValueNotes.NONE.withFile(saved.path(), saved.bytes()));
  }

  /**
   * {@return the pipeline that fetches flags into memory}
   *
   * <p>Outcomes come on the network scheduler, or on the timer after a timeout.
   */
  public Pipeline<CountryCode, Flag> images() {
    return images;
  }

  /**
   * {@return {@link #images()} for codes in text, such as {@code br}}
   *
   * <p>Text that is no code is a failure with a message, without an attempt.
   */
  public Pipeline<String, Flag> imagesOfText() {
    return images.parsing(CountryCode::parse);
  }

  /**
   * {@return the outcomes of downloads into files, as they complete: {@code
   * downloads().runAll(codes)}}
   *
   * <p><b>Backpressure:</b> honoured; no more codes are pulled than the policy's window has room
   * for. <b>Scheduler:</b> an outcome comes on the disk scheduler of the policy when its file is
   * written, otherwise on the thread where the last attempt ended. <b>Failure:</b> a value; only a
   * bug, or an error of the source, goes to {@code onError}. <b>Cancellation:</b> cancels the
   * calls; each file is whole or absent.
   *
   * @param codes any number of codes
   */
  public Flowable<Outcome<CountryCode, SavedFile>> downloadAll(Flowable<CountryCode> codes) {
    return downloads().runAll(requireNonNull(codes, "codes"));
  }

  /**
   * {@return one flag in memory; empty when the server does not have it}
   *
   * <p><b>Scheduler:</b> the flag comes on the network scheduler of the policy. <b>Failure:</b> the
   * {@code IOException} of the last attempt goes to {@code onError}. <b>Cancellation:</b> cancels
   * the call.
   *
   * @param code of which country
   */
  public Maybe<Flag> find(CountryCode code) {
    return images
        .run(requireNonNull(code, "code"))
        .flatMapMaybe(
            outcome ->
                outcome.fold(
                    success -> Maybe.just(success.value()),
                    notFound -> Maybe.empty(),
                    failure -> Maybe.error(failure.cause())));
  }

  /** Cancels the calls under way, each of which is a failure, and closes the connections. */
  @Override
  public void close() {
    client.close();
  }
}
