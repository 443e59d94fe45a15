package dev.sluice.samples.domains;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lines in chunks. A chunk holds the complete lines that have arrived, so an interactive line
 * is passed on before the next one is typed; a {@code BufferedReader} cannot tell which lines have
 * arrived. The length of a line is bounded, and so is the memory.
 */
final class NameReader implements Closeable {
  static final int MAX_LINE = 1_000;

  private static final int CHUNK = 256;

  /** Some editors write it before the first line. It is not part of the line. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader in;
  private final char[] buffer = new char[1 << 16];
  private int from;
  private int to;
  private boolean skipping;
  private boolean begun;

  NameReader(Reader in) {
    this.in = in;
  }

  /**
   * The next names, without blanks around them; empty at the end of the input. Empty lines and
   * those that start with {@code #} do not count. A line that is too long is cut.
   */
  List<String> next() throws IOException {
    List<String> names = new ArrayList<>(CHUNK);
    boolean more = true;
    while (names.isEmpty() && more) {
      takeWhole(names);
      if (names.isEmpty()) {
        more = fill(names);
      }
    }
    return names;
  }

  private void takeWhole(List<String> names) {
    for (int i = from; i < to && names.size() < CHUNK; i++) {
      if (buffer[i] == '\n') {
        take(names, i);
        from = i + 1;
      }
    }
  }

  /** Reads more input. False at the end, where the last line may have no newline. */
  private boolean fill(List<String> names) throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    if (to == buffer.length) {
      take(names, to);
      skipping = true;
      to = 0;
      return true;
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      take(names, to);
      to = 0;
      return false;
    }
    to += read;
    if (!begun) {
      begun = true;
      from = buffer[0] == BYTE_ORDER_MARK ? 1 : 0;
    }
    return true;
  }

  private void take(List<String> names, int end) {
    if (skipping) {
      skipping = false;
      return;
    }
    String line = new String(buffer, from, end - from).strip();
    if (!line.isEmpty() && line.charAt(0) != '#') {
      names.add(line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
