package dev.sluice.samples.ledger;

import java.io.PrintWriter;

/** Prints lines: the first one at once, the others in chunks. */
final class LinePrinter {
  private static final int CHUNK = 1 << 15;

  private final PrintWriter out;
  private final StringBuilder chunk = new StringBuilder(CHUNK + 1_024);
  private boolean begun;

  LinePrinter(PrintWriter out) {
    this.out = out;
  }

  /** Prints a line. False if the reader of the pipe has closed it. */
  boolean print(CharSequence line) {
    chunk.append(line).append('\n');
    if (!begun || chunk.length() >= CHUNK) {
      begun = true;
      return flush();
    }
    return true;
  }

  /** Prints what is held back. False if the reader of the pipe has closed it. */
  boolean flush() {
    out.append(chunk);
    chunk.setLength(0);
    // checkError() flushes, too.
    return !out.checkError();
  }
}
