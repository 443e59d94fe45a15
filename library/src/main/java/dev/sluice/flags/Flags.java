package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Fetch;
import dev.sluice.fetch.SavedFile;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;

/**
 * Flags of countries, from a server that has them at {@code {cc}/{cc}.gif}.
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
 * <p>A 404 is <i>not found</i>; any other status, a transport error, a clock that ran out, anything
 * that is not a whole GIF, and a disk that refuses are failures, each with its URL or path and what
 * came.
 */
public final class Flags implements AutoCloseable {
  private final HttpClient client;
  private final Pipeline<CountryCode, Flag> found;
  private final Fetch<CountryCode> saved;

  private Flags(URI base, Folder folder, FlagOptions options) {
    Policy policy = options.policy();
    client = HttpClient.at(base, policy, options.http());
    FlagSource source = new FlagSource(client);
    found = Pipeline.of(policy, source.flags());
    saved = Fetch.of(source.documents(options.naming()), policy, folder);
  }

  /**
   * {@return the flags of this server}
   *
   * @param base where the flags are: http or https, no query and no fragment
   * @param folder where downloaded flags go
   * @param options how they are downloaded
   */
  public static Flags at(URI base, Folder folder, FlagOptions options) {
    return new Flags(base, requireNonNull(folder, "folder"), requireNonNull(options, "options"));
  }

  /**
   * {@return one flag in memory; empty when the server does not have it}
   *
   * <p><b>Scheduler:</b> the network scheduler, or the timer when a clock ran out. <b>Failure:</b>
   * {@code onError} with the {@code IOException} of the last attempt. <b>Cancellation:</b> cancels
   * the call and gives its permit back.
   *
   * @param code whose
   */
  public Maybe<Flag> find(CountryCode code) {
    return found
        .run(requireNonNull(code, "code"))
        .flatMapMaybe(
            outcome ->
                outcome.fold(
                    success -> Maybe.just(success.value()),
                    absent -> Maybe.empty(),
                    failure -> Maybe.error(failure.cause())));
  }

  /**
   * {@return what became of one flag, cold: nothing happens before somebody subscribes}
   *
   * <p><b>Scheduler:</b> a success comes on the disk scheduler, not found and failures on the
   * network scheduler or the timer. <b>Failure:</b> a value; only a bug goes to {@code onError}.
   * <b>Cancellation:</b> cancels the call, or leaves the file whole or absent.
   *
   * @param code whose
   */
  public Single<Outcome<CountryCode, SavedFlag>> download(CountryCode code) {
    return saved.fetch(requireNonNull(code, "code")).map(Flags::flag);
  }

  /**
   * {@return what became of many flags, as they come}
   *
   * <p><b>Backpressure:</b> honoured; no more codes are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #download}.
   *
   * @param codes whose, in any number; the same one twice is downloaded twice
   */
  public Flowable<Outcome<CountryCode, SavedFlag>> downloadAll(Flowable<CountryCode> codes) {
    return saved.fetchAll(requireNonNull(codes, "codes")).map(Flags::flag);
  }

  /**
   * {@return what became of many flags, in the order of the codes}
   *
   * <p><b>Backpressure:</b> honoured; no more codes are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #downloadAll}.
   *
   * @param codes whose, in any number; the same one twice is downloaded twice
   */
  public Flowable<Outcome<CountryCode, SavedFlag>> downloadInOrder(Flowable<CountryCode> codes) {
    return saved.fetchInOrder(requireNonNull(codes, "codes")).map(Flags::flag);
  }

  /** Cancels the downloads under way, each of which fails, and closes the connections. */
  @Override
  public void close() {
    client.close();
  }

  private static Outcome<CountryCode, SavedFlag> flag(Outcome<CountryCode, SavedFile> outcome) {
    return outcome.map(file -> new SavedFlag(outcome.key(), file.path(), file.bytes()));
  }
}
