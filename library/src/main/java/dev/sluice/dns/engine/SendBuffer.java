package dev.sluice.dns.engine;

import dev.sluice.dns.linux.DatagramBatch;
import dev.sluice.dns.wire.QueryWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Queries as datagrams, collected so that one system call sends many. */
final class SendBuffer {
  private final QueryWriter writer = new QueryWriter();
  private final DatagramBatch datagrams = new DatagramBatch(QueryWriter.MAX_QUERY);
  private final @Nullable Query[] queries = new @Nullable Query[DatagramBatch.SLOTS];
  private final int[] ids = new int[DatagramBatch.SLOTS];
  private final int[] order = new int[DatagramBatch.SLOTS];

  // The slots by length, as linked lists: the last slot of each length, and the slot before each.
  // Slots are counted from 1 here; 0 ends a list.
  private final int[] lastOfLength = new int[QueryWriter.MAX_QUERY + 1];
  private final int[] before = new int[DatagramBatch.SLOTS];
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == DatagramBatch.SLOTS;
  }

  /** Writes a query that has an id. */
  void add(Query query) {
    int length =
        writer.write(
            datagrams.slot(count),
            query.id,
            query.question,
            query.edns,
            query.isRecursive(),
            query.server == null ? null : query.server.cookie);
    datagrams.setLength(count, length);
    queries[count] = query;
    ids[count] = query.id;
    count++;
  }

  /** Prepares the sending order: datagrams of one length next to each other. Returns how many. */
  int sort() {
    for (int slot = 0; slot < count; slot++) {
      int length = datagrams.length(slot);
      before[slot] = lastOfLength[length];
      lastOfLength[length] = slot + 1;
    }
    int at = count;
    for (int slot = count - 1; slot >= 0; slot--) {
      int length = datagrams.length(slot);
      for (int next = lastOfLength[length]; next > 0; next = before[next - 1]) {
        order[--at] = next - 1;
      }
      lastOfLength[length] = 0;
    }
    return count;
  }

  DatagramBatch datagrams() {
    return datagrams;
  }

  int[] order() {
    return order;
  }

  /**
   * The query at a position of the order. Null if the query has left this carrier since: it was
   * disposed of, or is asked elsewhere.
   */
  @Nullable Query query(int position, Query.Carrier carrier) {
    int slot = order[position];
    Query query = queries[slot];
    return query != null && query.carrier == carrier && query.id == ids[slot] ? query : null;
  }

  /** Empties the buffer, and drops the references, so that sent queries can be collected. */
  void clear() {
    Arrays.fill(queries, 0, count, null);
    count = 0;
  }
}
