package dev.sluice.dns.engine;

import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list whose elements hold the links themselves. Adding and removing allocate
 * nothing, and an element is removed from any position in constant time. An element is in one list
 * at most.
 *
 * @param <N> the elements
 */
final class IntrusiveList<N extends IntrusiveList.Node<N>> {
  /**
   * An element.
   *
   * @param <N> the elements
   */
  abstract static class Node<N extends Node<N>> {
    private @Nullable IntrusiveList<N> list;
    private @Nullable N previous;
    private @Nullable N next;
  }

  private @Nullable N first;
  private @Nullable N last;
  private int size;

  @Nullable N first() {
    return first;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return first == null;
  }

  void add(N element) {
    N before = last;
    Node<N> node = element;
    node.list = this;
    node.previous = before;
    if (before == null) {
      first = element;
    } else {
      ((Node<N>) before).next = element;
    }
    last = element;
    size++;
  }

  void addFirst(N element) {
    N after = first;
    Node<N> node = element;
    node.list = this;
    node.next = after;
    if (after == null) {
      last = element;
    } else {
      ((Node<N>) after).previous = element;
    }
    first = element;
    size++;
  }

  /** Removes the first element; null if there is none. */
  @Nullable N poll() {
    N element = first;
    if (element != null) {
      remove(element);
    }
    return element;
  }

  /** Removes an element from the list that it is in, if any. */
  static <N extends Node<N>> void unlink(N element) {
    IntrusiveList<N> list = ((Node<N>) element).list;
    if (list != null) {
      list.remove(element);
    }
  }

  private void remove(Node<N> node) {
    N before = node.previous;
    N after = node.next;
    if (before == null) {
      first = after;
    } else {
      ((Node<N>) before).next = after;
    }
    if (after == null) {
      last = before;
    } else {
      ((Node<N>) after).previous = before;
    }
    node.list = null;
    node.previous = null;
    node.next = null;
    size--;
  }
}
