package dev.sluice.samples.servers.dns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of a name that exists: a few sets of records, or none. */
final class ZoneNode {
  /** A name that exists because others end with it (RFC 4592, section 2.2.2). */
  static final ZoneNode EMPTY = new ZoneNode();

  /** A name of a list, which says no more than that it exists. */
  static final ZoneNode LISTED = new ZoneNode(RecordSet.MadeUp.ADDRESS);

  private final RecordSet[] sets;

  private ZoneNode(RecordSet... sets) {
    this.sets = sets;
  }

  @Nullable RecordSet find(int type) {
    for (RecordSet set : sets) {
      if (set.type() == type || type == RecordType.ANY) {
        return set;
      }
    }
    return null;
  }

  /** The records of a type that a file listed here, or null. */
  RecordSet.@Nullable Listed listed(RecordType type) {
    return find(type.code()) instanceof RecordSet.Listed listed ? listed : null;
  }

  ZoneNode with(RecordSet set) {
    RecordSet[] more = Arrays.copyOf(sets, sets.length + 1);
    more[sets.length] = set;
    return new ZoneNode(more);
  }
}
