package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Things fetched under a policy, each put into a file of one folder.
 *
 * <pre>{@code
 * Work<String, Document> page = path -> site.page(path).map(body -> document(path, body));
 * Fetch<String> pages = Fetch.of(page, Policy.limit(20), Folder.at(Path.of("pages")));
 * Flowable<Outcome<String, SavedFile>> saved = pages.fetchAll(paths);
 * }</pre>
 *
 * <p>The permit and the clocks cover the network alone. The file is written on the disk scheduler,
 * once, after the last attempt; what the disk refuses is a failure of that item.
 *
 * @param <K> what is asked for
 */
public final class Fetch<K> {
  private final Pipeline<K, SavedFile> pipeline;
  private final Scheduler disk;
  private final Folder folder;

  private Fetch(Work<K, Document> recipe, Policy policy, Folder folder) {
    this.pipeline = Pipeline.of(policy, recipe).then(this::save);
    this.disk = policy.schedulers().disk();
    this.folder = folder;
  }

  /**
   * {@return this recipe under this policy, into this folder}
   *
   * @param recipe one attempt at one document: asks, checks what came, names the file
   * @param policy how it is done
   * @param folder where the files go
   * @param <K> what is asked for
   */
  public static <K> Fetch<K> of(Work<K, Document> recipe, Policy policy, Folder folder) {
    requireNonNull(recipe, "recipe");
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

  private Single<Outcome<K, SavedFile>> save(Outcome<K, Document> fetched) {
    return fetched instanceof Success<K, Document> document
        ? Single.fromSupplier(() -> write(document)).subscribeOn(disk)
        : Single.just(fetched.map(Fetch::neverSaved));
  }

  private Outcome<K, SavedFile> write(Success<K, Document> fetched) {
    byte[] content = fetched.value().content();
    try {
      Path path = folder.write(fetched.value().name(), content);
      return Outcome.success(fetched.key(), new SavedFile(path, content.length));
    } catch (IOException e) {
      return Outcome.failure(fetched.key(), e, 1);
    }
  }

  private static SavedFile neverSaved(Document document) {
    throw new IllegalStateException(document.name() + ": a success is written");
  }
}
