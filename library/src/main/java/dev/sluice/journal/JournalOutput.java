package dev.sluice.journal;

import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a journal's file: writes many lines at once, and knows which of them are in the file
 * when a write fails. For one thread at a time.
 */
final class JournalOutput implements Closeable {
  /** Bounds the buffer. */
  static final int LINES_PER_WRITE = 256;

  private final File file;
  private final FileOutputStream output;
  private final LineWriter writer = new LineWriter();
  private boolean fsync;

  /** The length of the file up to its last whole line. */
  private long length;

  private @Nullable IOException failure;

  JournalOutput(File file) throws IOException {
    this.file = file;
    // Not a channel: the interrupt of a cancelled call would close that.
    output = new FileOutputStream(file, true);
    length = file.length();
  }

  void fsyncEachWrite() {
    fsync = true;
  }

  /**
   * Appends the lines of at most {@link #LINES_PER_WRITE} entries. After a {@link #failure} nothing
   * may be written: the last line may be torn. An exception means that no line of one entry can be
   * made, and that nothing is written.
   *
   * @return how many of the entries are in the file, from the first one on
   */
  int write(List<? extends JournalEntry> entries) {
    writer.lines().clear();
    entries.forEach(writer::add);
    return synced(writeAtOnce(writer.lines(), entries.size()));
  }

  /** The same for one line. */
  int write(JsonBytes line) {
    return synced(writeAtOnce(line, 1));
  }

  /** Returns how many of the lines are in the file. */
  private int writeAtOnce(JsonBytes lines, int count) {
    try {
      output.write(lines.array(), 0, lines.size());
      length += lines.size();
      return count;
    } catch (IOException e) {
      failure = e;
      // A disk that becomes full takes the first part of the lines, and does not say how much.
      return lines.count('\n', file.length() - length);
    }
  }

  /** Returns how many of the written entries are in the file for sure. */
  private int synced(int written) {
    return fsync && !isSynced() ? 0 : written;
  }

  private boolean isSynced() {
    try {
      output.getFD().sync();
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  /** Why the last {@link #write} did not write all of its lines; null if it did. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
