package dev.sluice.dns;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Queries that are written and leave their port together. */
final class SendBuffer {
  private final Engine engine;
  private final UdpPort port;
  private final DatagramBatch batch = new DatagramBatch(QueryWriter.MAX_QUERY);
  private final @Nullable Query[] queries = new @Nullable Query[DatagramBatch.SLOTS];
  private final int[] ids = new int[DatagramBatch.SLOTS];
  private final int[] order = new int[DatagramBatch.SLOTS];

  /** Of each length the slots so far, as a list: the last one, and of each the one before. */
  private final int[] lastOfLength = new int[QueryWriter.MAX_QUERY + 1];

  private final int[] before = new int[DatagramBatch.SLOTS];
  private int count;

  SendBuffer(Engine engine, UdpPort port) {
    this.engine = engine;
    this.port = port;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Puts a query in; when the box is full with it, all leave. */
  void add(Query query) {
    int length = engine.writer().write(batch.slot(count), query.id, query.question, query.edns);
    batch.setLength(count, length);
    queries[count] = query;
    ids[count] = query.id;
    count++;
    if (count == DatagramBatch.SLOTS) {
      flush();
    }
  }

  /** Sends what is in it. */
  void flush() {
    int until = count;
    count = 0;
    sortByLength(until);
    try {
      send(until);
    } catch (PortUnreachableException e) {
      port.failAll(e);
    }
    // Nobody shall be kept in memory by a question that is on its way.
    Arrays.fill(queries, 0, until, null);
  }

  private void send(int until) throws PortUnreachableException {
    int sent = 0;
    while (sent < until) {
      try {
        int left = port.send(batch, order, sent, until);
        if (left == 0) {
          putBack(sent, until);
          return;
        }
        sent += left;
      } catch (PortUnreachableException e) {
        throw e;
      } catch (IOException e) {
        stumble(order[sent], e);
        sent++;
      }
    }
  }

  /** What has one length can leave as one; otherwise the first come first. */
  private void sortByLength(int slots) {
    for (int slot = 0; slot < slots; slot++) {
      int length = batch.length(slot);
      before[slot] = lastOfLength[length];
      lastOfLength[length] = slot + 1;
    }
    int at = slots;
    for (int slot = slots - 1; slot >= 0; slot--) {
      int length = batch.length(slot);
      for (int next = lastOfLength[length]; next > 0; next = before[next - 1]) {
        order[--at] = next - 1;
      }
      lastOfLength[length] = 0;
    }
  }

  /** The last first, so that they stand in their old order. */
  private void putBack(int from, int until) {
    for (int i = until - 1; i >= from; i--) {
      int slot = order[i];
      Query query = queries[slot];
      if (query != null && isMine(query, slot)) {
        engine.putBack(query);
      }
    }
  }

  private void stumble(int slot, IOException e) {
    Query query = queries[slot];
    if (query != null && isMine(query, slot)) {
      engine.stumble(query, e);
    }
  }

  /** Whoever was disposed of, or asks elsewhere by now, is no concern of this port. */
  private boolean isMine(Query query, int slot) {
    return query.port == port && query.id == ids[slot];
  }
}
