package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The disk half of a {@link Fetch}, for a pipeline whose values are more than bytes: it puts each
 * into a file and keeps it.
 *
 * <pre>{@code
 * Saving<Integer, Poem> saving = Saving.of(Poem::document, folder, policy.schedulers().disk());
 * Pipeline<Integer, Saved<Poem>> poems = Pipeline.of(policy, site::poem).then(saving);
 * }</pre>
 *
 * <p>The file is written on the disk scheduler, once, outside of permits and clocks; what the disk
 * refuses is a failure of that key.
 *
 * @param <K> what is asked for
 * @param <V> what came
 */
public final class Saving<K, V> implements Function<Outcome<K, V>, Single<Outcome<K, Saved<V>>>> {
  private final BiFunction<? super K, ? super V, Document> document;
  private final Folder folder;
  private final Scheduler disk;

  private Saving(
      BiFunction<? super K, ? super V, Document> document, Folder folder, Scheduler disk) {
    this.document = requireNonNull(document, "document");
    this.folder = requireNonNull(folder, "folder");
    this.disk = requireNonNull(disk, "disk");
  }

  /**
   * {@return a step for {@link dev.sluice.Pipeline#then}}
   *
   * @param document the file that a key and its value become
   * @param folder where the files go
   * @param disk runs what writes
   * @param <K> what is asked for
   * @param <V> what came
   */
  public static <K, V> Saving<K, V> of(
      BiFunction<? super K, ? super V, Document> document, Folder folder, Scheduler disk) {
    return new Saving<>(document, folder, disk);
  }

  /**
   * {@return the outcome once its file is there}
   *
   * @param fetched what came, if anything
   */
  @Override
  public Single<Outcome<K, Saved<V>>> apply(Outcome<K, V> fetched) {
    return fetched instanceof Success<K, V> success
        ? Single.fromSupplier(() -> written(success)).subscribeOn(disk)
        : Single.just(fetched.map(Saving::neverSaved));
  }

  private Outcome<K, Saved<V>> written(Success<K, V> fetched) {
    Document made = document.apply(fetched.key(), fetched.value());
    try {
      Path path = folder.write(made.name(), made.content());
      SavedFile file = new SavedFile(path, made.content().length);
      return Outcome.success(fetched.key(), new Saved<>(fetched.value(), file));
    } catch (IOException e) {
      return Outcome.failure(fetched.key(), e, 1);
    }
  }

  private static <V> Saved<V> neverSaved(V value) {
    throw new IllegalStateException(value + ": a success is written");
  }
}
