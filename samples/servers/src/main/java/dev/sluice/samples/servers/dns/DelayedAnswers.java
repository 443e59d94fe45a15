package dev.sluice.samples.servers.dns;

import java.io.IOException;
import java.util.PriorityQueue;

/** Answers that are ready and wait for their time. */
final class DelayedAnswers {
  private static final long MILLISECOND = 1_000_000;

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long entries;

  /** How an answer leaves. */
  interface Departure {
    void leave() throws IOException;
  }

  void add(long delayNanos, Departure departure) {
    queue.add(new Entry(System.nanoTime() + delayNanos, entries++, departure));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** How long until the first one is due; 0 when it is. */
  long nanosToWait() {
    Entry first = queue.peek();
    return first == null ? Long.MAX_VALUE : Math.max(0, first.due - System.nanoTime());
  }

  /** Lets all leave that are due. */
  void release() {
    while (!queue.isEmpty() && queue.element().due - System.nanoTime() <= 0) {
      leave(queue.remove().departure);
    }
  }

  /** A client who has gone is no reason to keep the others waiting. */
  static void leave(Departure departure) {
    try {
      departure.leave();
    } catch (IOException e) {
      // There is nobody to tell.
      return;
    }
  }

  static long millis(long nanos) {
    return nanos / MILLISECOND;
  }

  private record Entry(long due, long number, Departure departure) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      // Differences, because System.nanoTime may overflow.
      int byTime = Long.signum(due - other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
