package dev.sluice;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Elements that take turns. They hold the links themselves, so that one enters or leaves in
 * constant time, wherever it stands. An element is in one ring at most. Not thread-safe.
 */
final class Ring<E extends Ring.Element<E>> {
  /** The place of an element in its ring; null while it is in none. */
  abstract static class Element<E> {
    @Nullable E previous;
    @Nullable E next;
  }

  private @Nullable E turn;

  /** Whether an element is in a ring: it is in this one or in none. */
  boolean contains(E element) {
    return element.next != null;
  }

  boolean isEmpty() {
    return turn == null;
  }

  /** The element whose turn it is. */
  E turn() {
    return requireNonNull(turn);
  }

  /** Ends the turn: the next element follows. */
  void advance() {
    turn = turn().next;
  }

  /** Adds an element at the end of the round, just before the one whose turn it is. */
  void add(E element) {
    E first = turn;
    if (first == null) {
      element.previous = element;
      element.next = element;
      turn = element;
    } else {
      E end = requireNonNull(first.previous);
      element.previous = end;
      element.next = first;
      end.next = element;
      first.previous = element;
    }
  }

  void remove(E element) {
    E before = requireNonNull(element.previous);
    E after = requireNonNull(element.next);
    before.next = after;
    after.previous = before;
    if (turn == element) {
      turn = after == element ? null : after;
    }
    element.previous = null;
    element.next = null;
  }
}
