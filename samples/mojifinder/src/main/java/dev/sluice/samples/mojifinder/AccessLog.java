package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.Numbers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Writes one line per event on a thread of its own, so that a slow reader of the log delays no
 * client. When the queue is full, lines are dropped, and their number is logged.
 *
 * <p>Safe for use by several threads.
 */
final class AccessLog implements AutoCloseable {
  private static final int QUEUE_LINES = 8192;
  private static final String END = "";
  private static final long BATCH_MILLIS = 10;
  private static final long CLOSE_MILLIS = 1_000;

  private final PrintWriter out;
  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "mojifinder-access-log");
  private long dropped;

  AccessLog(PrintWriter out) {
    this.out = out;
    thread.setDaemon(true);
    thread.start();
  }

  /** Never blocks. */
  synchronized void add(String line) {
    if (dropped > 0 && queue.offer("(" + Numbers.counted(dropped, "line") + " dropped)")) {
      dropped = 0;
    }
    if (!queue.offer(line)) {
      dropped++;
    }
  }

  private void run() {
    List<String> batch = new ArrayList<>();
    try {
      for (boolean open = true; open; ) {
        batch.add(queue.take());
        // Collects lines for a moment: under load a write per line costs more than the answers.
        open = !batch.contains(END) && !closing.await(BATCH_MILLIS, MILLISECONDS);
        queue.drainTo(batch);
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<String> batch) {
    StringBuilder text = new StringBuilder();
    for (String line : batch) {
      if (!line.equals(END)) {
        text.append(line).append(System.lineSeparator());
      }
    }
    out.append(text).flush();
  }

  /** Returns when all lines are written, or after a second if they cannot be written. */
  @Override
  public void close() {
    try {
      closing.countDown();
      // Wakes the thread if the queue is empty; if the queue is full, the thread is not waiting.
      boolean unused = queue.offer(END);
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
