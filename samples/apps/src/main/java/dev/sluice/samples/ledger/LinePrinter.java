package dev.sluice.samples.ledger;

import java.io.PrintWriter;

/** Lines for people or a pipe: the first at once, the others in chunks. */
final class LinePrinter {
  private static final int CHUNK = 1 << 15;

  private final PrintWriter out;
  private final StringBuilder chunk = new StringBuilder(CHUNK + 1_024);
  private boolean begun;

  LinePrinter(PrintWriter out) {
    this.out = out;
  }

  /** Whether somebody still wants more. */
  boolean print(CharSequence line) {
    chunk.append(line).append('\n');
    if (!begun || chunk.length() >= CHUNK) {
      begun = true;
      return flush();
    }
    return true;
  }

  /** Lets go of what it holds; whether somebody still wants more. */
  boolean flush() {
    out.append(chunk);
    chunk.setLength(0);
    // It flushes, too. The other end of the pipe may have closed.
    return !out.checkError();
  }
}
