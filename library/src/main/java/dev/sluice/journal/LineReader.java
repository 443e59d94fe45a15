package dev.sluice.journal;

import dev.sluice.TerminalText;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a journal one after another, and keeps one line of it in memory. */
final class LineReader implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int ONE_LINE = 1024;

  private final Path journal;
  private final Consumer<? super TornLine> torn;
  private final InputStream input;

  private byte[] buffer;
  private int start;
  private int end;

  /** Where the buffer begins in the file. */
  private long position;

  private long line;
  private long offset;

  /**
   * Opens a journal.
   *
   * @param from where a line begins
   * @param torn is told of a last line that is not whole
   */
  LineReader(Path journal, long from, Consumer<? super TornLine> torn) throws IOException {
    this.journal = journal;
    this.torn = torn;
    this.position = from;
    // Less memory for the one line that is wanted of the middle.
    this.buffer = new byte[from == 0 ? BUFFER : ONE_LINE];
    try {
      input = opened(journal, from);
    } catch (IOException e) {
      throw new JournalException(name() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream opened(Path journal, long from) throws IOException {
    // Not a channel: the interrupt of a cancelled reader would close that.
    InputStream input = new FileInputStream(journal.toFile());
    try {
      input.skipNBytes(from);
      return input;
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /** The next entry; null at the end. */
  @Nullable JournalEntry next() throws IOException {
    int length = lineLength();
    if (length < 0) {
      if (end > start) {
        refuseOtherFiles();
        torn.accept(new TornLine(journal, position + start, end - start));
        start = end;
      }
      return null;
    }
    line++;
    offset = position + start;
    byte[] bytes = start == 0 ? buffer : Arrays.copyOfRange(buffer, start, start + length);
    start += length + 1;
    try {
      return LineParser.entry(bytes, length);
    } catch (IOException e) {
      throw new JournalException(
          name() + ", line " + line + ": " + TerminalText.line(String.valueOf(e.getMessage())), e);
    }
  }

  /** Where the line of the last entry begins in the file. */
  long offset() {
    return offset;
  }

  /** Up to the next line feed; -1 if there is none. */
  private int lineLength() throws IOException {
    int at = start;
    while (true) {
      for (; at < end; at++) {
        if (buffer[at] == '\n') {
          return at - start;
        }
      }
      at -= start;
      if (!fill()) {
        return -1;
      }
      at += start;
    }
  }

  /** Reads more behind what is in the buffer; false at the end of the file. */
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      position += start;
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      refuseOtherFiles();
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = input.read(buffer, end, buffer.length - end);
    end += Math.max(0, count);
    return count > 0;
  }

  /** A file without a line feed, of any length, need not be the torn first line of a journal. */
  private void refuseOtherFiles() throws IOException {
    boolean isFirst = position + start == 0;
    if (isFirst && !JournalEnd.isStart(buffer, start, end)) {
      throw new JournalException(name() + ": " + JournalEnd.NO_JOURNAL, null);
    }
  }

  private String name() {
    return "journal " + TerminalText.escaped(journal.toString());
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
