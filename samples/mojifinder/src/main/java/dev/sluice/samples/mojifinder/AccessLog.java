package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Writes what happens, a line each, on a thread of its own: whoever reads it slowly, or not at all,
 * holds up no client. Lines that find no room are counted instead.
 */
final class AccessLog implements AutoCloseable {
  private static final int ROOM = 8192;
  private static final String END = "";
  private static final long PAUSE_MILLIS = 10;
  private static final long LAST_WORD_MILLIS = 1_000;

  private final PrintWriter out;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(ROOM);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "mojifinder-journal");
  private long lost;

  AccessLog(PrintWriter out) {
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
    List<String> handful = new ArrayList<>();
    try {
      for (boolean open = true; open; ) {
        handful.add(lines.take());
        // Under load a write for each line would cost more than the answers do.
        open = !handful.contains(END) && !closing.await(PAUSE_MILLIS, MILLISECONDS);
        lines.drainTo(handful);
        write(handful);
        handful.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<String> handful) {
    StringBuilder text = new StringBuilder();
    for (String line : handful) {
      if (!line.equals(END)) {
        text.append(line).append(System.lineSeparator());
      }
    }
    out.append(text).flush();
  }

  /** Returns when all is written, or when nobody has read it for a while. */
  @Override
  public void close() {
    try {
      closing.countDown();
      // Wakes it when it has nothing to write; when there is no room, it is awake.
      boolean unused = lines.offer(END);
      thread.join(LAST_WORD_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
