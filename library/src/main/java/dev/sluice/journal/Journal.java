package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.OutcomeLog;
import dev.sluice.TerminalText;
import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file with a line of JSON for each outcome: the record of progress, the report of failures, and
 * the input of the next run.
 *
 * <pre>{@code
 * try (Journal journal = Journal.open(Path.of("flags.ndjson"))) {
 *   flags.downloads().journalled(journal, codec).runAll(codes).blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Lines are appended by one write each, or many by one, so that a line is whole or, after {@code
 * kill -9}, the last of the file and torn; {@link #open} takes a torn line away. Of lines that a
 * full disk cuts off, those that are whole count as recorded, and only those. Only one process at a
 * time can have a journal open. While it is open, a file {@code .NAME.lock} is beside it.
 *
 * <p>After a write that fails, nothing more is written: {@link #append}, {@link #appendAll} and
 * {@link #check} then repeat the failure. Thread-safe.
 */
public final class Journal implements OutcomeLog<JournalEntry>, AutoCloseable {
  private final Path path;
  private final JournalLock lock;
  private final @Nullable TornLine tornLine;

  /** Guarded by itself. */
  private final JournalOutput output;

  /** Why nothing more is written; null while all is well. */
  private volatile @Nullable String fault;

  private Journal(Path path, JournalLock lock, JournalOutput output, @Nullable TornLine tornLine) {
    this.path = path;
    this.lock = lock;
    this.output = output;
    this.tornLine = tornLine;
  }

  /**
   * Opens a journal to append to; makes the file if there is none.
   *
   * @param path the file
   * @return the journal, to be closed
   * @throws JournalException if another run writes to it, it is no journal, or it cannot be written
   */
  public static Journal open(Path path) throws IOException {
    requireNonNull(path, "path");
    JournalLock lock = locked(path);
    boolean opened = false;
    try {
      TornLine torn = JournalEnd.mend(path);
      Journal journal = new Journal(path, lock, new JournalOutput(path.toFile()), torn);
      opened = true;
      return journal;
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException(name(path) + ": cannot be written: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static JournalLock locked(Path path) throws IOException {
    try {
      return JournalLock.of(path.toAbsolutePath());
    } catch (JournalException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new JournalException(name(path) + ": its folder is not there", e);
    } catch (IOException e) {
      String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      throw new JournalException(name(path) + ": no lock can be made beside it: " + why, e);
    }
  }

  /** {@return the torn last line that was taken away when the journal was opened} */
  public Optional<TornLine> tornLine() {
    return Optional.ofNullable(tornLine);
  }

  /** {@return the file} */
  public Path path() {
    return path;
  }

  /**
   * Makes every line survive a power loss: {@link #append} and {@link #appendAll} then wait for the
   * device. Without it, a line survives the end of the process.
   */
  public void fsyncEachLine() {
    synchronized (output) {
      output.fsyncEachWrite();
    }
  }

  /**
   * {@return the line of an entry: JSON in UTF-8, with the line feed at its end}
   *
   * <p>For lines that another program stores, such as the sink of a cluster. A file of them is a
   * journal, which {@link #read(Path)} and {@link JournalIndex} read.
   *
   * @param entry what is recorded
   */
  public static byte[] line(JournalEntry entry) {
    return LineWriter.line(requireNonNull(entry, "entry"));
  }

  @Override
  public void append(JournalEntry entry) throws IOException {
    // Made before the lock, for which many threads may wait.
    JsonBytes line = LineWriter.json(entry);
    synchronized (output) {
      check();
      if (noted(output.write(line)) == 0) {
        throw failed(output.failure());
      }
    }
  }

  @Override
  public void appendAll(
      List<? extends JournalEntry> entries, ObjIntConsumer<? super IOException> failed) {
    for (int i = 0; i < entries.size(); i += JournalOutput.LINES_PER_WRITE) {
      int first = i;
      int until = Math.min(entries.size(), first + JournalOutput.LINES_PER_WRITE);
      appendAtOnce(entries.subList(first, until), (e, index) -> failed.accept(e, first + index));
    }
  }

  private void appendAtOnce(
      List<? extends JournalEntry> entries, ObjIntConsumer<? super IOException> failed) {
    int recorded = 0;
    IOException cause = null;
    boolean haveLines = true;
    synchronized (output) {
      try {
        recorded = fault == null ? noted(output.write(entries)) : 0;
        cause = recorded == entries.size() ? null : failed(output.failure());
      } catch (RuntimeException | OutOfMemoryError e) {
        haveLines = false;
      }
    }
    if (!haveLines) {
      // One entry has no line. The others may be of other runs, which must not end with its run.
      OutcomeLog.super.appendAll(entries, failed);
      return;
    }
    for (int i = recorded; cause != null && i < entries.size(); i++) {
      failed.accept(cause, i);
    }
  }

  /** Notes a failure of the last write. Returns how many entries are recorded. */
  private int noted(int recorded) {
    IOException failure = output.failure();
    if (failure != null) {
      fault = String.valueOf(failure.getMessage());
    }
    return recorded;
  }

  @Override
  public void check() throws IOException {
    if (fault != null) {
      throw failed(null);
    }
  }

  private JournalException failed(@Nullable IOException cause) {
    return new JournalException(
        name(path) + ": the outcome is not recorded, and no later one will be: " + fault, cause);
  }

  private static String name(Path path) {
    return "journal " + TerminalText.escaped(path.toString());
  }

  /**
   * {@return the entries of a journal in the order of its lines, also while a run writes to it}
   *
   * <p>A torn last line does not count. <b>Backpressure:</b> honoured; one line at a time is in
   * memory. <b>Scheduler:</b> the file is read on the thread of the subscriber. <b>Failure:</b> a
   * {@link JournalException} for a file that cannot be read, or a line that is none of a journal or
   * of another version. <b>Cancellation:</b> closes the file.
   *
   * @param path the file
   */
  public static Flowable<JournalEntry> read(Path path) {
    return read(path, torn -> {});
  }

  /**
   * {@return the entries of a journal in the order of its lines, also while a run writes to it}
   *
   * <p><b>Backpressure:</b> honoured; one line at a time is in memory. <b>Scheduler:</b> the file
   * is read on the thread of the subscriber. <b>Failure:</b> a {@link JournalException} for a file
   * that cannot be read, or a line that is none of a journal or of another version.
   * <b>Cancellation:</b> closes the file.
   *
   * @param path the file
   * @param torn is told of a torn last line, which does not count
   */
  public static Flowable<JournalEntry> read(Path path, Consumer<? super TornLine> torn) {
    requireNonNull(path, "path");
    requireNonNull(torn, "torn");
    return Flowable.generate(
        () -> new LineReader(path, 0, torn), Journal::emitNext, LineReader::close);
  }

  private static void emitNext(LineReader reader, Emitter<JournalEntry> emitter)
      throws IOException {
    JournalEntry entry = reader.next();
    if (entry == null) {
      emitter.onComplete();
    } else {
      emitter.onNext(entry);
    }
  }

  /** Closes the file and gives it free for other runs. Later outcomes cannot be recorded. */
  @Override
  public void close() throws IOException {
    synchronized (output) {
      if (fault == null) {
        fault = "it is closed";
      }
      try (lock) {
        output.close();
      }
    }
  }

  /** {@return the path, for messages} */
  @Override
  public String toString() {
    return name(path);
  }
}
