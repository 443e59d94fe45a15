package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;

/**
 * Things fetched under a policy, each put into a file of one folder.
 *
 * <pre>{@code
 * Recipe<String> page = Recipe.of(site::page, title -> title + ".html");
 * Fetch<String> pages = Fetch.of(page, Policy.limit(20), Folder.at(Path.of("pages")));
 * Flowable<Outcome<String, SavedFile>> saved = pages.fetchAll(titles);
 * }</pre>
 *
 * <p>The permit and the clocks cover the network alone. The file is written on the disk scheduler,
 * once, after the last attempt; what the disk refuses is a failure of that item.
 *
 * @param <K> what is asked for
 */
public final class Fetch<K> {
  private final Pipeline<K, SavedFile> pipeline;

  private Fetch(Work<K, Document> recipe, Policy policy, Folder folder) {
    Saving<K, Document> saving =
        Saving.of((key, document) -> document, folder, policy.schedulers().disk());
    this.pipeline =
        Pipeline.of(policy, recipe)
            .then(outcome -> saving.apply(outcome).map(saved -> saved.map(Saved::file)));
  }

  /**
   * {@return this recipe under this policy, into this folder}
   *
   * @param recipe one attempt at one document: asks, checks what came, names the file; a {@link
   *     Recipe}, or any work that makes documents
   * @param policy how it is done
   * @param folder where the files go
   * @param <K> what is asked for
   */
  public static <K> Fetch<K> of(Work<K, Document> recipe, Policy policy, Folder folder) {
    requireNonNull(recipe, "recipe");
    requireNonNull(policy, "policy");
    requireNonNull(folder, "folder");
    return new Fetch<>(recipe, policy, folder);
  }

  /**
   * {@return the outcome of one key, cold: nothing happens before somebody subscribes}
   *
   * <p><b>Scheduler:</b> a success comes on the disk scheduler, the rest where the work ended.
   * <b>Failure:</b> an {@code IOException} of the network or the disk is a failure <i>value</i>;
   * anything else is a bug and goes to {@code onError}. <b>Cancellation:</b> cancels the call, or
   * leaves the file whole or absent.
   *
   * @param key what is asked for
   */
  public Single<Outcome<K, SavedFile>> fetch(K key) {
    return pipeline.run(key);
  }

  /**
   * {@return the outcomes of many keys as they come}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #fetch}; an error of the source
   * goes to {@code onError} and disposes the rest.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, SavedFile>> fetchAll(Flowable<? extends K> keys) {
    return pipeline.runAll(keys);
  }

  /**
   * {@return the outcomes of many keys as they come, with nothing asked for before somebody asks
   * for its outcome}
   *
   * <p><b>Backpressure:</b> honoured to the letter: a consumer that asks for 3 outcomes has 3 keys
   * pulled. <b>Scheduler, failure, cancellation:</b> as for {@link #fetchAll}.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, SavedFile>> fetchOnDemand(Flowable<? extends K> keys) {
    return pipeline.runOnDemand(keys);
  }

  /**
   * {@return the outcomes of many keys in the order of the keys}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #fetchAll}.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, SavedFile>> fetchInOrder(Flowable<? extends K> keys) {
    return pipeline.runInOrder(keys);
  }
}
