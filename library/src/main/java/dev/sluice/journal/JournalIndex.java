package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a journal says about each of its keys: the last line of a key counts. It keeps about 32
 * bytes for each key and reads a line again when it is asked for.
 *
 * <pre>{@code
 * JournalIndex done = JournalIndex.of(path);
 * Flowable<CountryCode> rest = done.remaining(codes, codec);
 * Flowable<CountryCode> again = done.retryable(codec);
 * }</pre>
 *
 * <p>It says what was in the journal when it was made. Safe for use by many threads.
 */
public final class JournalIndex {
  private static final int FINAL_FAILURE = 0;
  private static final int RETRYABLE = 1;
  private static final int DONE = 2;
  private static final int STATES = 4;

  private final Path path;
  private final KeyTable table = new KeyTable();
  private int done;

  private JournalIndex(Path path) {
    this.path = path;
  }

  /**
   * {@return the index of a journal; empty if there is no such file}
   *
   * @param path the journal; read once, on this thread
   * @throws JournalException if it cannot be read, or a line is none of a journal
   */
  public static JournalIndex of(Path path) throws IOException {
    return of(path, torn -> {});
  }

  /**
   * {@return the index of a journal; empty if there is no such file}
   *
   * @param path the journal; read once, on this thread
   * @param torn is told of a torn last line, which does not count
   * @throws JournalException if it cannot be read, or a line is none of a journal
   */
  public static JournalIndex of(Path path, Consumer<? super TornLine> torn) throws IOException {
    JournalIndex index = new JournalIndex(requireNonNull(path, "path"));
    requireNonNull(torn, "torn");
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      requireRegular(path);
      try (LineReader reader = new LineReader(path, 0, torn)) {
        for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
          if (entry.verdict().isOutcome()) {
            index.put(entry, reader.offset());
          }
        }
      }
    }
    return index;
  }

  private static void requireRegular(Path path) throws JournalException {
    if (!Files.isRegularFile(path)) {
      throw new JournalException(
          "journal "
              + TerminalText.escaped(path.toString())
              + ": not a regular file, and it is read more than once",
          null);
    }
  }

  private void put(JournalEntry entry, long offset) {
    long before = table.get(entry.key());
    int state = state(entry);
    boolean wasDone = before != KeyTable.ABSENT && before % STATES == DONE;
    done += (state == DONE ? 1 : 0) - (wasDone ? 1 : 0);
    table.put(entry.key(), STATES * offset + state);
  }

  private static int state(JournalEntry entry) {
    if (entry.verdict().isDone()) {
      return DONE;
    }
    return entry.isRetryable() ? RETRYABLE : FINAL_FAILURE;
  }

  /** {@return how many keys there are} */
  public int size() {
    return table.size();
  }

  /** {@return of how many keys the last entry is no failure; their files are not looked at} */
  public int done() {
    return done;
  }

  /**
   * {@return the last entry of a key}
   *
   * @param key the text of the key
   * @throws IOException if the journal cannot be read
   */
  public Optional<JournalEntry> last(String key) throws IOException {
    long value = table.get(key);
    if (value == KeyTable.ABSENT) {
      return Optional.empty();
    }
    try (LineReader reader = new LineReader(path, value / STATES, torn -> {})) {
      return Optional.ofNullable(reader.next());
    }
  }

  /**
   * {@return whether a key needs no further attempt: its last entry is no failure, and if that
   * names a file, the file is there with the length of the entry}
   *
   * @param key the text of the key
   * @throws IOException if the journal cannot be read
   */
  public boolean isDone(String key) throws IOException {
    long value = table.get(key);
    if (value == KeyTable.ABSENT || value % STATES != DONE) {
      return false;
    }
    Optional<JournalEntry> entry = last(key);
    return entry.isPresent() && isVerified(entry.get());
  }

  private static boolean isVerified(JournalEntry entry) {
    String file = entry.file();
    if (file == null) {
      return true;
    }
    try {
      Path path = Path.of(file);
      return Files.isRegularFile(path) && (entry.bytes() < 0 || Files.size(path) == entry.bytes());
    } catch (IOException | InvalidPathException e) {
      return false; // The file is made again.
    }
  }

  /**
   * {@return the keys that are not {@linkplain #isDone done}}
   *
   * <p><b>Backpressure:</b> honoured. <b>Scheduler:</b> the journal is read on the thread of the
   * keys. <b>Failure:</b> an {@code IOException} of the journal, or an error of the keys, goes to
   * {@code onError}. <b>Cancellation:</b> cancels the keys.
   *
   * @param keys all keys
   * @param codec makes the text of a key
   * @param <K> the type of a key
   */
  public <K> Flowable<K> remaining(Flowable<K> keys, JournalCodec<? super K, ?> codec) {
    requireNonNull(codec, "codec");
    return keys.filter(key -> !isDone(codec.text(key)));
  }

  /**
   * {@return the keys whose last entry is a failure that may not be one the next time, in the order
   * of these entries}
   *
   * <p><b>Backpressure:</b> honoured; one line at a time is in memory. <b>Scheduler:</b> the
   * journal is read on the thread of the subscriber. <b>Failure:</b> an {@code IOException} of the
   * journal, or of a text that is no key, goes to {@code onError}. <b>Cancellation:</b> closes the
   * file.
   *
   * @param codec makes the key of a text
   * @param <K> the type of a key
   */
  public <K> Flowable<K> retryable(JournalCodec<K, ?> codec) {
    requireNonNull(codec, "codec");
    return lastEntries().filter(JournalEntry::isRetryable).map(entry -> codec.key(entry.key()));
  }

  /**
   * {@return whether there is an outcome of a key}
   *
   * @param key the text of the key
   */
  public boolean contains(String key) {
    return table.get(key) != KeyTable.ABSENT;
  }

  /**
   * {@return the last entry of each key, in the order of these entries}
   *
   * <p><b>Backpressure:</b> honoured; one line at a time is in memory. <b>Scheduler:</b> the
   * journal is read on the thread of the subscriber. <b>Failure:</b> an {@code IOException} of the
   * journal goes to {@code onError}. <b>Cancellation:</b> closes the file.
   */
  public Flowable<JournalEntry> lastEntries() {
    return size() == 0
        ? Flowable.empty()
        : Flowable.generate(
            () -> new LineReader(path, 0, torn -> {}), this::emitLast, LineReader::close);
  }

  private void emitLast(LineReader reader, Emitter<JournalEntry> emitter) throws IOException {
    for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
      long value = table.get(entry.key());
      if (value != KeyTable.ABSENT
          && value / STATES == reader.offset()
          && entry.verdict().isOutcome()) {
        emitter.onNext(entry);
        return;
      }
    }
    emitter.onComplete();
  }
}
