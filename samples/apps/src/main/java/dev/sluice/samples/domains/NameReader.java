package dev.sluice.samples.domains;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines in handfuls. Unlike a {@code BufferedReader} it knows which lines are there already, so
 * that nobody waits for the next line with one in hand; and a line without end does not fill the
 * memory.
 */
final class NameReader implements Closeable {
  static final int LONGEST_LINE = 1_000;

  private static final int HANDFUL = 256;

  /** What editors of Windows put before the first line; it belongs to none. */
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
   * Names, one a line, without the blanks around them; none when there is nothing left. Empty lines
   * and those that start with {@code #} do not count, and of an overlong one only its beginning.
   */
  List<String> next() throws IOException {
    List<String> names = new ArrayList<>(HANDFUL);
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
    for (int i = from; i < to && names.size() < HANDFUL; i++) {
      if (buffer[i] == '\n') {
        take(names, i);
        from = i + 1;
      }
    }
  }

  /** Reads on; false at the end, where a line may lack its newline. */
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
      names.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
