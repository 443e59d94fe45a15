package dev.sluice.samples.servers.dns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of a name that exists: a few sets of records, or none. */
final class Node {
  /** A name that exists because others end with it (RFC 4592, section 2.2.2). */
  static final Node EMPTY = new Node();

  /** A name of a list, which says no more than that it exists. */
  static final Node LISTED = new Node(Records.MadeUp.ADDRESS);

  private final Records[] sets;

  private Node(Records... sets) {
    this.sets = sets;
  }

  @Nullable Records find(int type) {
    for (Records set : sets) {
      if (set.type() == type || type == RecordType.ANY) {
        return set;
      }
    }
    return null;
  }

  /** The records of a type that a file listed here, or null. */
  Records.@Nullable Listed listed(RecordType type) {
    return find(type.code()) instanceof Records.Listed listed ? listed : null;
  }

  Node with(Records set) {
    Records[] more = Arrays.copyOf(sets, sets.length + 1);
    more[sets.length] = set;
    return new Node(more);
  }
}
