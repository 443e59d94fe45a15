package dev.sluice.samples.servers.dns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** The RRsets of a name that exists; there may be none. */
final class ZoneNode {
  /** An empty non-terminal: it exists because names below it do (RFC 4592, section 2.2.2). */
  static final ZoneNode EMPTY = new ZoneNode();

  /** A name of a list without records: its address is derived from the name. */
  static final ZoneNode LISTED = new ZoneNode(RecordSet.MadeUp.ADDRESS);

  private final RecordSet[] sets;

  private ZoneNode(RecordSet... sets) {
    this.sets = sets;
  }

  /** The RRset of a type, or null. For ANY it is the first RRset, which suffices (RFC 8482). */
  @Nullable RecordSet find(int type) {
    for (RecordSet set : sets) {
      if (set.type() == type || type == Type.ANY) {
        return set;
      }
    }
    return null;
  }

  /** The RRset of a type as a zone file lists it, or null. */
  RecordSet.@Nullable Listed listed(int type) {
    return find(type) instanceof RecordSet.Listed listed ? listed : null;
  }

  ZoneNode with(RecordSet set) {
    RecordSet[] more = Arrays.copyOf(sets, sets.length + 1);
    more[sets.length] = set;
    return new ZoneNode(more);
  }
}
