package dev.sluice.samples.mojifinder;

import java.io.PrintWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes what happens, a line each, on a thread of its own: whoever reads it slowly, or not at all,
 * holds up no client. Lines that find no room are counted instead.
 */
final class Journal implements AutoCloseable {
  private static final int ROOM = 8192;
  private static final String END = "";
  private static final long LAST_WORD_MILLIS = 1_000;

  private final PrintWriter out;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(ROOM);
  private final Thread thread = new Thread(this::run, "mojifinder-journal");
  private long lost;

  Journal(PrintWriter out) {
    this.out = out;
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void note(String line) {
    if (lost > 0 && lines.offer("(" + lost + " lines left out)")) {
      lost = 0;
    }
    if (!lines.offer(line)) {
      lost++;
    }
  }

  private void run() {
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        out.println(line);
        if (lines.isEmpty()) {
          out.flush();
        }
      }
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when all is written, or when nobody has read it for a while. */
  @Override
  public void close() {
    try {
      if (lines.offer(END)) {
        thread.join(LAST_WORD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
