package dev.sluice.samples.servers.dns;

import java.io.IOException;
import java.util.PriorityQueue;

/** Responses that are ready and delayed, in the order in which they are due. */
final class DelayedAnswers {
  private static final long MILLISECOND = 1_000_000;

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long entries;

  /** Sends one response. */
  interface Sending {
    void send() throws IOException;
  }

  void add(long delayNanos, Sending sending) {
    queue.add(new Entry(System.nanoTime() + delayNanos, entries++, sending));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Nanoseconds until the first response is due; 0 if one is due now. */
  long nanosToWait() {
    Entry first = queue.peek();
    return first == null ? Long.MAX_VALUE : Math.max(0, first.due - System.nanoTime());
  }

  /** Sends all responses that are due. */
  void sendDue() {
    while (!queue.isEmpty() && queue.element().due - System.nanoTime() <= 0) {
      attempt(queue.remove().sending);
    }
  }

  /** Ignores a failure: the client has gone, and the other clients must be served. */
  static void attempt(Sending sending) {
    try {
      sending.send();
    } catch (IOException e) {
      // The client cannot be told.
      return;
    }
  }

  static long millis(long nanos) {
    return nanos / MILLISECOND;
  }

  private record Entry(long due, long number, Sending sending) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      // Differences, because System.nanoTime may overflow.
      int byTime = Long.signum(due - other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
