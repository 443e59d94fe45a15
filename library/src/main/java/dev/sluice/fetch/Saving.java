package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.BiFunction;
import java.io.IOException;

/**
 * A step of a pipeline that writes each value into a file, and keeps the value: for values that are
 * more than bytes. {@link Fetch} is this for documents.
 *
 * <pre>{@code
 * Saving<Integer, Poem> saving = Saving.of(Poem::document, folder, policy.schedulers().disk());
 * Pipeline<Integer, Saved<Poem>> poems = client.pipeline(site::poem).then(saving);
 * }</pre>
 *
 * <p>The file is written on the disk scheduler, once, without a permit and without a timeout. If it
 * cannot be written, the outcome of that key is a failure, with the number of attempts that the
 * pipeline made. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class Saving<K, V> implements BiFunction<K, V, Single<Saved<V>>> {
  private final java.util.function.BiFunction<? super K, ? super V, Document> document;
  private final Folder folder;
  private final Scheduler disk;

  private Saving(
      java.util.function.BiFunction<? super K, ? super V, Document> document,
      Folder folder,
      Scheduler disk) {
    this.document = requireNonNull(document, "document");
    this.folder = requireNonNull(folder, "folder");
    this.disk = requireNonNull(disk, "disk");
  }

  /**
   * {@return a step for {@link dev.sluice.Pipeline#then}}
   *
   * @param document makes the file's name and content of a key and its value; called on the disk
   *     scheduler
   * @param folder where the files go
   * @param disk the scheduler that writes: {@code policy.schedulers().disk()}
   * @param <K> the type of the keys
   * @param <V> the type of the values
   */
  public static <K, V> Saving<K, V> of(
      java.util.function.BiFunction<? super K, ? super V, Document> document,
      Folder folder,
      Scheduler disk) {
    return new Saving<>(document, folder, disk);
  }

  /**
   * {@return the value and its file, cold}
   *
   * <p><b>Scheduler:</b> writes and emits on the disk scheduler. <b>Failure:</b> the {@code
   * DiskException} of the folder goes to {@code onError}. <b>Cancellation:</b> a write that has not
   * begun is skipped; the file is whole or absent.
   *
   * @param key the key of the value
   * @param value becomes the file
   */
  @Override
  public Single<Saved<V>> apply(K key, V value) {
    return Single.<Saved<V>>create(
            emitter -> {
              try {
                emitter.onSuccess(written(key, value));
              } catch (IOException e) {
                // After a disposal, which may interrupt the write, the failure has no receiver.
                boolean unused = emitter.tryOnError(e);
              }
            })
        .subscribeOn(disk);
  }

  private Saved<V> written(K key, V value) throws IOException {
    Document made = document.apply(key, value);
    byte[] content = made.content();
    return new Saved<>(value, new SavedFile(folder.write(made.name(), content), content.length));
  }
}
