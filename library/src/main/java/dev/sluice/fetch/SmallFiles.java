package dev.sluice.fetch;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.disk.StagedFile;
import dev.sluice.fetch.Downloaded.Fetched;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes small bodies on the disk scheduler, all that wait for a disk thread together: the records
 * of all are one write, after their bytes and before their names.
 */
final class SmallFiles {
  /** The most temp files of a disk thread. Other disk tasks wait no longer than for these. */
  private static final int MOST = 32;

  private final DownloadSetup setup;
  private final DownloadNames names;
  private final DiskWake wake;
  private final Queue<SmallFile> waiting = new ConcurrentLinkedQueue<>();
  private final Completions completions;

  SmallFiles(DownloadSetup setup, DownloadNames names) {
    this.setup = setup;
    this.names = names;
    IoSchedulers schedulers = setup.client().policy().schedulers();
    this.wake = new DiskWake(schedulers.disk(), this::writeWaiting);
    this.completions = new Completions(schedulers);
  }

  /** The outcome of a download whose body has come; the file is in place by then. */
  Single<Outcome<DownloadItem, Downloaded>> saved(DownloadItem item, Arrival.InMemory body) {
    return Single.create(
        emitter -> {
          waiting.add(new SmallFile(item, body, emitter));
          wake.wake();
        });
  }

  private void writeWaiting() {
    List<SmallFile> files = new ArrayList<>();
    for (SmallFile next = waiting.poll(); next != null; next = waiting.poll()) {
      files.add(next);
      if (files.size() == MOST) {
        break;
      }
    }
    if (!waiting.isEmpty()) {
      wake.wake();
    }
    write(files);
  }

  private void write(List<SmallFile> files) {
    files.forEach(SmallFile::stage);
    setup
        .finished()
        .add(files.stream().filter(SmallFile::isStaged).map(SmallFile::finished).toList());
    files.forEach(SmallFile::place);
    completions.run(files.stream().<Runnable>map(file -> file::emit).toList());
  }

  /** One body on its way to its file. For one thread at a time. */
  private final class SmallFile {
    private final DownloadItem item;
    private final Arrival.InMemory body;
    private final SingleEmitter<Outcome<DownloadItem, Downloaded>> emitter;
    private @Nullable StagedFile staged;
    private @Nullable Downloaded value;
    private @Nullable Throwable failure;

    SmallFile(
        DownloadItem item,
        Arrival.InMemory body,
        SingleEmitter<Outcome<DownloadItem, Downloaded>> emitter) {
      this.item = item;
      this.body = body;
      this.emitter = emitter;
    }

    FinishedFile finished() {
      return body.finished();
    }

    boolean isStaged() {
      return staged != null;
    }

    /** Writes the bytes, unless the download is cancelled. */
    void stage() {
      if (emitter.isDisposed()) {
        return;
      }
      try {
        staged = setup.folder().stage(body.name(), body.content(), finished().modified());
      } catch (Throwable e) {
        // An Error too: the others must not go without an outcome.
        failure = e;
      }
    }

    void place() {
      try (StagedFile file = staged) {
        if (file != null) {
          int bytes = body.content().length;
          SavedFile saved = new SavedFile(file.place(), bytes);
          value = new Fetched(saved, item.url(), 200, bytes, 0, finished().digest());
        }
      } catch (Throwable e) {
        failure = e;
      }
    }

    void emit() {
      if (value != null) {
        emitter.onSuccess(Outcome.success(item, value));
      } else if (failure != null) {
        names.giveUp(item);
        // After a disposal, the failure has no receiver.
        boolean unused = emitter.tryOnError(failure);
      }
    }
  }
}
