package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Pipeline;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

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
 * pipeline made.
 *
 * <p>Within one run, two keys never write one file: the later one is a failure with a {@link
 * FileNameTakenException} that names the earlier key, or gets a number, see {@link
 * #withNumbering()}. File names that differ only in case or in their Unicode normal form are the
 * same. A key that comes twice writes its file twice. A file of an earlier run is replaced. For
 * this, a run keeps the name of each file and its key until it ends: about 150 bytes for each file.
 *
 * <p>Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class Saving<K, V> implements Pipeline.RunStep<K, V, Saved<V>> {
  private final BiFunction<? super K, ? super V, Document> document;
  private final Folder folder;
  private final Scheduler disk;
  private final boolean numbering;

  private Saving(
      BiFunction<? super K, ? super V, Document> document,
      Folder folder,
      Scheduler disk,
      boolean numbering) {
    this.document = requireNonNull(document, "document");
    this.folder = requireNonNull(folder, "folder");
    this.disk = requireNonNull(disk, "disk");
    this.numbering = numbering;
  }

  /**
   * {@return a step for {@link Pipeline#then(Pipeline.RunStep)}}
   *
   * @param document makes the file's name and content of a key and its value; called on the disk
   *     scheduler
   * @param folder where the files go
   * @param disk the scheduler that writes: {@code policy.schedulers().disk()}
   * @param <K> the type of the keys
   * @param <V> the type of the values
   */
  public static <K, V> Saving<K, V> of(
      BiFunction<? super K, ? super V, Document> document, Folder folder, Scheduler disk) {
    return new Saving<>(document, folder, disk, false);
  }

  /**
   * {@return a copy that numbers files: the second {@code Brazil.gif} of a run is written as {@code
   * Brazil_2.gif}}
   *
   * <p>The numbers follow the order of the writes. Every document gets a file of its own, also when
   * a key comes twice.
   */
  public Saving<K, V> withNumbering() {
    return new Saving<>(document, folder, disk, true);
  }

  /** {@return the step for one run, with no file written yet} */
  @Override
  public io.reactivex.rxjava3.functions.BiFunction<K, V, Single<Saved<V>>> forRun() {
    FileNamesOfRun names = new FileNamesOfRun(numbering);
    return (key, value) -> saved(names, key, value);
  }

  private Single<Saved<V>> saved(FileNamesOfRun names, K key, V value) {
    return Single.<Saved<V>>create(
            emitter -> {
              try {
                emitter.onSuccess(written(names, key, value));
              } catch (IOException e) {
                // After a disposal, which may interrupt the write, the failure has no receiver.
                boolean unused = emitter.tryOnError(e);
              }
            })
        .subscribeOn(disk);
  }

  private Saved<V> written(FileNamesOfRun names, K key, V value) throws IOException {
    Document made = document.apply(key, value);
    byte[] content = made.content();
    FileNamesOfRun.Claim claim = names.claim(made.name(), requireNonNull(key));
    boolean written = false;
    try {
      Path file = folder.write(claim.name(), content);
      written = true;
      return new Saved<>(value, new SavedFile(file, content.length));
    } finally {
      if (!written) {
        names.giveUp(claim);
      }
    }
  }
}
