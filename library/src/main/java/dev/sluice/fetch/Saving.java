package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.IoSchedulers;
import dev.sluice.Pipeline;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;

/**
 * A step of a pipeline that writes each value into a file, and keeps the value: for values that are
 * more than bytes. {@link Fetch} is this for documents.
 *
 * <pre>{@code
 * Saving<Integer, Poem> saving = Saving.of(Poem::document, folder, policy.schedulers());
 * Pipeline<Integer, Saved<Poem>> poems = client.pipeline(site::poem).then(saving);
 * }</pre>
 *
 * <p>The file is written on the disk scheduler, once, without a permit and without a timeout. If it
 * cannot be written, the outcome of that key is a failure, with the number of attempts that the
 * pipeline made. A cancellation interrupts a write under way.
 *
 * <p>Of files that wait for the disk together, a journal records up to 32 outcomes by one write. An
 * outcome comes on the disk scheduler; if a later write, or what a subscriber does, takes more than
 * 1 s and the disk has no other thread, on the timer.
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
  private final IoSchedulers schedulers;
  private final boolean numbering;

  private Saving(
      BiFunction<? super K, ? super V, Document> document,
      Folder folder,
      IoSchedulers schedulers,
      boolean numbering) {
    this.document = requireNonNull(document, "document");
    this.folder = requireNonNull(folder, "folder");
    this.schedulers = requireNonNull(schedulers, "schedulers");
    this.numbering = numbering;
  }

  /**
   * {@return a step for {@link Pipeline#then(Pipeline.RunStep)}}
   *
   * @param document makes the file's name and content of a key and its value; called on the disk
   *     scheduler
   * @param folder where the files go
   * @param disk the scheduler that writes: {@code policy.schedulers().disk()}; the timer is that of
   *     {@link IoSchedulers#shared()}
   * @param <K> the type of the keys
   * @param <V> the type of the values
   */
  public static <K, V> Saving<K, V> of(
      BiFunction<? super K, ? super V, Document> document, Folder folder, Scheduler disk) {
    return of(document, folder, IoSchedulers.shared().withDisk(disk));
  }

  /**
   * {@return a step for {@link Pipeline#then(Pipeline.RunStep)}}
   *
   * @param document makes the file's name and content of a key and its value; called on the disk
   *     scheduler
   * @param folder where the files go
   * @param schedulers the disk that writes, and the timer that notices a write that takes long:
   *     {@code policy.schedulers()}
   * @param <K> the type of the keys
   * @param <V> the type of the values
   */
  public static <K, V> Saving<K, V> of(
      BiFunction<? super K, ? super V, Document> document, Folder folder, IoSchedulers schedulers) {
    return new Saving<>(document, folder, schedulers, false);
  }

  /**
   * {@return a copy that numbers files: the second {@code Brazil.gif} of a run is written as {@code
   * Brazil_2.gif}}
   *
   * <p>The numbers follow the order of the writes. Every document gets a file of its own, also when
   * a key comes twice.
   */
  public Saving<K, V> withNumbering() {
    return new Saving<>(document, folder, schedulers, true);
  }

  /** {@return the step for one run, with no file written yet} */
  @Override
  public io.reactivex.rxjava3.functions.BiFunction<K, V, Single<Saved<V>>> forRun() {
    FileNamesOfRun names = new FileNamesOfRun(numbering);
    Completions completions = new Completions(schedulers);
    return (key, value) -> saved(() -> written(names, key, value), completions);
  }

  private static <T> Single<T> saved(Callable<T> write, Completions completions) {
    return Single.create(
        emitter -> {
          Write<T> task = new Write<>(write, emitter);
          emitter.setCancellable(() -> task.cancel(true));
          completions.add(task);
        });
  }

  /** A write and its outcome. A cancellation before the outcome interrupts the write. */
  private static final class Write<T> extends FutureTask<T> {
    private final SingleEmitter<T> emitter;

    Write(Callable<T> write, SingleEmitter<T> emitter) {
      super(write);
      this.emitter = emitter;
    }

    @Override
    protected void set(T value) {
      super.set(value);
      emitter.onSuccess(value);
    }

    @Override
    protected void setException(Throwable e) {
      super.setException(e);
      // After a disposal, a failure has no receiver, but a bug is reported.
      if (!emitter.tryOnError(e) && !(e instanceof IOException)) {
        RxJavaPlugins.onError(e);
      }
    }
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
