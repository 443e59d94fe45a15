package dev.sluice.dns;

import org.jspecify.annotations.Nullable;

/** Queries in a row, each in one list at most: out of any place in one step, and no node for it. */
final class IntrusiveList {
  private @Nullable Query first;
  private @Nullable Query last;
  private int size;

  @Nullable Query first() {
    return first;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return first == null;
  }

  void add(Query query) {
    Query before = last;
    query.list = this;
    query.previous = before;
    query.next = null;
    if (before == null) {
      first = query;
    } else {
      before.next = query;
    }
    last = query;
    size++;
  }

  void addFirst(Query query) {
    Query after = first;
    query.list = this;
    query.previous = null;
    query.next = after;
    if (after == null) {
      last = query;
    } else {
      after.previous = query;
    }
    first = query;
    size++;
  }

  @Nullable Query poll() {
    Query query = first;
    if (query != null) {
      remove(query);
    }
    return query;
  }

  /** Only what is in this list. */
  void remove(Query query) {
    Query before = query.previous;
    Query after = query.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    query.list = null;
    query.previous = null;
    query.next = null;
    size--;
  }
}
