package dev.sluice.fetch;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.fetch.Segment.State;
import dev.sluice.fetch.Spans.Span;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All segments of one file, in the order of their bytes, and which response brings which. No two
 * responses write one segment at a time. Thread-safe.
 */
final class Segments {
  private static final long GRACE_NANOS = SECONDS.toNanos(2);

  private final List<Segment> all;

  private Segments(List<Segment> all) {
    this.all = all;
  }

  /**
   * The segments of a file: those that are missing have about the same length.
   *
   * @param length of the file
   * @param there what is on the disk
   * @param atMost how many segments are to be missing, unless there are more gaps
   * @param least the fewest bytes of a segment, unless a gap has less
   */
  static Segments of(long length, Spans there, int atMost, long least) {
    long missing = length - there.bytes();
    long size = Math.max(least, (missing + atMost - 1) / atMost);
    List<Segment> all = new ArrayList<>();
    for (Span span : there.all()) {
      Segment whole = new Segment(span.from(), span.to());
      whole.have = span.length();
      whole.state = State.WHOLE;
      all.add(whole);
    }
    for (Span gap : there.gaps(length)) {
      long parts = Math.max(1, Math.min((gap.length() + size / 2) / size, gap.length() / least));
      for (long i = 0; i < parts; i++) {
        all.add(
            new Segment(gap.from() + part(gap, i, parts), gap.from() + part(gap, i + 1, parts)));
      }
    }
    all.sort(Comparator.comparingLong(Segment::from));
    return new Segments(all);
  }

  /** Where a part of a gap begins. Without the product, which may be too large. */
  private static long part(Span gap, long number, long parts) {
    long size = gap.length() / parts;
    return number * size + Math.min(number, gap.length() % parts);
  }

  private static boolean isFree(Segment segment) {
    return segment.state == State.FREE || segment.state == State.ASKED;
  }

  /** Those that no response brings; the last of the file comes first. */
  synchronized List<Segment> free() {
    List<Segment> free = new ArrayList<>(all.stream().filter(Segments::isFree).toList());
    Collections.reverse(free);
    return free;
  }

  /** The place of the next byte that a segment needs. */
  synchronized long next(Segment segment) {
    return segment.from() + segment.have;
  }

  /** The request of a segment has its permit. */
  synchronized void asked(Segment segment) {
    if (segment.state == State.FREE) {
      segment.state = State.ASKED;
    }
  }

  /** The request of a segment has ended. */
  synchronized void ended(Segment segment) {
    if (segment.state == State.ASKED) {
      segment.state = State.FREE;
      notifyAll();
    }
  }

  /** Has a response bring a segment; false if that must not be. */
  synchronized boolean take(Segment segment) {
    boolean isTaken = isFree(segment) && !segment.withdrawn().hasComplete();
    if (isTaken) {
      segment.state = State.TAKEN;
    }
    return isTaken;
  }

  /** Has the first response bring the segment that begins here; null if it must not. */
  synchronized @Nullable Segment takeFirst(long from) {
    for (Segment segment : all) {
      if (segment.from() == from && isFree(segment)) {
        segment.state = State.FIRST;
        return segment;
      }
    }
    return null;
  }

  /** Bytes of a segment are on the disk. */
  synchronized void written(Segment segment, long to) {
    segment.have = Math.max(segment.have, to - segment.from());
    notifyAll();
  }

  /** The response of a segment has ended, and what came of it is on the disk. */
  synchronized void leave(Segment segment) {
    boolean isWhole = segment.from() + segment.have == segment.to();
    segment.state = isWhole ? State.WHOLE : State.FREE;
    notifyAll();
  }

  /** Segments that no response brings are not requested any more. */
  void giveUpFree() {
    free().forEach(segment -> segment.withdrawn().onComplete());
  }

  /**
   * Waits until there are more bytes from the start on than these, or no response brings any. For
   * responses that have not begun it waits 2 s only: their requests may wait for a thread, or for
   * other calls of the client, which wait for this one.
   */
  synchronized long awaitPrefix(long beyond) throws InterruptedIOException {
    try {
      long end = System.nanoTime() + GRACE_NANOS;
      while (spans().prefix() <= beyond && isAny(State.TAKEN, State.ASKED)) {
        boolean isTaken = isAny(State.TAKEN);
        long left = NANOSECONDS.toMillis(end - System.nanoTime());
        if (!isTaken && left <= 0) {
          break;
        }
        wait(isTaken ? 0 : left);
        end = isTaken ? System.nanoTime() + GRACE_NANOS : end;
      }
      return spans().prefix();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cancelled while segments were under way");
    }
  }

  private boolean isAny(State... states) {
    List<State> any = List.of(states);
    return all.stream().anyMatch(segment -> any.contains(segment.state));
  }

  /** How many segments are not whole. */
  synchronized int missing() {
    return (int) all.stream().filter(it -> it.state != State.WHOLE).count();
  }

  /** What is on the disk. */
  synchronized Spans spans() {
    List<Span> spans = new ArrayList<>();
    for (Segment segment : all) {
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      Span next = new Span(segment.from(), segment.from() + segment.have);
      if (last != null && last.to() == next.from()) {
        spans.set(spans.size() - 1, new Span(last.from(), next.to()));
      } else if (next.length() > 0) {
        spans.add(next);
      }
    }
    return new Spans(List.copyOf(spans));
  }

  @Override
  public synchronized String toString() {
    return all.size() + " segments, " + missing() + " missing";
  }
}
