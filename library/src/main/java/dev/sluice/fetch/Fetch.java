package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.BiFunction;
import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Downloads under a policy, each into a file of one folder.
 *
 * <pre>{@code
 * Recipe<String> page = Recipe.of(site::page, title -> title + ".html");
 * Fetch<String> pages = Fetch.of(page, client, Folder.at(Path.of("pages")));
 * Flowable<Outcome<String, SavedFile>> saved = pages.downloadAll(titles);
 * }</pre>
 *
 * <p>Permit and timeouts cover the network alone. The file is written once, on the disk scheduler,
 * after the last attempt; if it cannot be written, the outcome of that key is a failure.
 *
 * <p>Within one run, two keys never write one file: the later one is a failure with a {@link
 * FileNameTakenException} that names the earlier key, or gets a number, see {@link
 * #withNumbering()}. {@link Saving} says which names are the same, what a run remembers, and where
 * an outcome comes while the disk is held up.
 *
 * <p>Thread-safe.
 *
 * @param <K> the type of the keys
 */
public final class Fetch<K> {
  private final Pipeline<K, Document> documents;
  private final Saving<K, Document> saving;
  private final Pipeline<K, SavedFile> downloads;

  private Fetch(Pipeline<K, Document> documents, Saving<K, Document> saving) {
    this.documents = documents;
    this.saving = saving;
    this.downloads = documents.then(() -> filesOf(saving.forRun()));
  }

  private static <K> BiFunction<K, Document, Single<SavedFile>> filesOf(
      BiFunction<K, Document, Single<Saved<Document>>> step) {
    return (key, document) -> step.apply(key, document).map(Saved::file);
  }

  /**
   * {@return this recipe for a client, into this folder}
   *
   * <p>Policy, target and {@linkplain HttpClient#lane() lane} are those of {@link
   * HttpClient#pipeline}.
   *
   * @param recipe one attempt at one document: a {@link Recipe}, or any work that makes documents
   * @param client makes the requests of the recipe
   * @param folder where the files go
   * @param <K> the type of the keys
   */
  public static <K> Fetch<K> of(Work<K, Document> recipe, HttpClient client, Folder folder) {
    requireNonNull(client, "client");
    return of(client.pipeline(requireNonNull(recipe, "recipe")), recipe, client.policy(), folder);
  }

  /**
   * {@return this recipe under this policy, into this folder}
   *
   * <p>If the limiter has {@linkplain dev.sluice.Lanes lanes}, a key that is an http or https
   * {@code URI} is in the {@linkplain HttpClient#lane(URI) lane} of its host, unless the recipe has
   * a {@linkplain Work#withLane lane} of its own. Other keys are in none.
   *
   * @param recipe one attempt at one document: a {@link Recipe}, or any work that makes documents
   * @param policy how many at once, timeouts, retries
   * @param folder where the files go
   * @param <K> the type of the keys
   */
  public static <K> Fetch<K> of(Work<K, Document> recipe, Policy policy, Folder folder) {
    requireNonNull(recipe, "recipe");
    requireNonNull(policy, "policy");
    return of(
        Pipeline.of(policy, recipe.withLane(key -> lane(recipe, key))), recipe, policy, folder);
  }

  private static <K> @Nullable Object lane(Work<K, Document> recipe, K key) {
    Object lane = recipe.lane(key);
    return lane == null && key instanceof URI url && HttpUrl.get(url) != null
        ? HttpClient.lane(url)
        : lane;
  }

  private static <K> Fetch<K> of(
      Pipeline<K, Document> documents, Work<K, Document> work, Policy policy, Folder folder) {
    Saving<K, Document> saving =
        Saving.of(
            (key, document) -> document, requireNonNull(folder, "folder"), policy.schedulers());
    return new Fetch<>(
        work instanceof Recipe<K> recipe ? documents.unlessKnown(recipe::checkedName) : documents,
        saving);
  }

  /**
   * {@return a copy that numbers files: the second {@code Brazil.gif} of a run is written as {@code
   * Brazil_2.gif}}
   *
   * <p>The numbers follow the order of the writes. Every document gets a file of its own, also when
   * a key comes twice.
   */
  public Fetch<K> withNumbering() {
    return new Fetch<>(documents, saving.withNumbering());
  }

  /**
   * {@return the pipeline that writes documents into files}
   *
   * <p>A success comes on the disk scheduler, after its file is in place; not found and failures
   * where the work ended. After a cancellation each file is whole or absent.
   */
  public Pipeline<K, SavedFile> downloads() {
    return downloads;
  }

  /**
   * {@return the outcomes of downloads into files, as they complete: {@code
   * downloads().runAll(keys)}}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler:</b> an outcome comes on the disk scheduler of the policy when its file is
   * written, otherwise on the thread where the last attempt ended. <b>Failure:</b> an {@code
   * IOException} of the network or the disk is a value; a bug, or an error of the source, goes to
   * {@code onError}. <b>Cancellation:</b> cancels the work under way; each file is whole or absent.
   *
   * @param keys any number of keys
   */
  public Flowable<Outcome<K, SavedFile>> downloadAll(Flowable<? extends K> keys) {
    return downloads.runAll(keys);
  }
}
