package dev.sluice.fetch;

import io.reactivex.rxjava3.subjects.CompletableSubject;

/**
 * A part of a file that one response is to bring. All but the bounds is guarded by its {@link
 * Segments}.
 */
final class Segment {
  /** What is done about it. */
  enum State {
    /** No response brings it: its request waits, has failed, or was given up. */
    FREE,
    /** Its request has a permit, and no response yet. */
    ASKED,
    /** A response of its own brings it. */
    TAKEN,
    /** The first response brings it. */
    FIRST,
    /** All of it is on the disk. */
    WHOLE
  }

  private final long from;
  private final long to;

  /** Completes when it must not be requested any more. */
  private final CompletableSubject withdrawn = CompletableSubject.create();

  State state = State.FREE;

  /** How many of its bytes are on the disk, from its start on. */
  long have;

  /** Makes the segment from one byte to that before another. */
  Segment(long from, long to) {
    this.from = from;
    this.to = to;
  }

  long from() {
    return from;
  }

  /** The byte behind it. */
  long to() {
    return to;
  }

  CompletableSubject withdrawn() {
    return withdrawn;
  }

  /** For messages: the numbers of the first and the last byte. */
  @Override
  public String toString() {
    return "bytes " + from + "-" + (to - 1);
  }
}
