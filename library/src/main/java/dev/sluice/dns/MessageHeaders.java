package dev.sluice.dns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What {@code sendmmsg(2)} and {@code recvmmsg(2)} want to be told of a batch: an array of {@code
 * struct mmsghdr}, with a {@code struct iovec} for each slot, and a {@code struct cmsghdr} for each
 * message that is many; as Linux lays them out where a pointer has 64 bits.
 */
final class MessageHeaders {
  static final int HEADER_BYTES = 64;
  private static final int VECTOR_BYTES = 16;
  private static final int CONTROL_BYTES = 24;

  // In struct mmsghdr.
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int LENGTH = 56;

  // In struct cmsghdr.
  private static final int LEVEL = 8;
  private static final int TYPE = 12;
  private static final int DATA = 16;

  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(DatagramBatch.SLOTS * (HEADER_BYTES + VECTOR_BYTES + CONTROL_BYTES))
          .order(ByteOrder.nativeOrder());
  private final long address = NativeCalls.address(memory);

  /** Where the first header stands. */
  long address() {
    return address;
  }

  /** Makes a message of every slot of a batch, whole and empty. */
  void describe(DatagramBatch batch) {
    long octets = batch.address();
    for (int slot = 0; slot < DatagramBatch.SLOTS; slot++) {
      vector(slot, octets + batch.start(slot), batch.slotBytes());
      header(slot, slot, 1, 0);
    }
  }

  /** How long the message is that was received last with this header. */
  int length(int header) {
    return memory.getInt(header * HEADER_BYTES + LENGTH);
  }

  /**
   * Makes messages of what some slots hold: one of those that stand next to each other and have one
   * length, if they may be joined.
   *
   * @return how many messages
   */
  int describe(DatagramBatch batch, int[] order, int from, int until, boolean joins) {
    long octets = batch.address();
    int messages = 0;
    for (int at = from; at < until; messages++) {
      int first = at;
      int length = batch.length(order[first]);
      do {
        vector(at - from, octets + batch.start(order[at]), length);
        at++;
      } while (joins && at < until && batch.length(order[at]) == length);
      header(messages, first - from, at - first, length);
    }
    return messages;
  }

  /** How many slots are in so many messages, the first ones. */
  int slots(int messages) {
    int slots = 0;
    for (int message = 0; message < messages; message++) {
      slots += (int) memory.getLong(message * HEADER_BYTES + VECTOR_COUNT);
    }
    return slots;
  }

  private void header(int header, int firstVector, int vectors, int segmentBytes) {
    int at = header * HEADER_BYTES;
    memory.putLong(at + VECTORS, address + vectorAt(firstVector));
    memory.putLong(at + VECTOR_COUNT, vectors);
    boolean many = vectors > 1;
    int control = DatagramBatch.SLOTS * (HEADER_BYTES + VECTOR_BYTES) + header * CONTROL_BYTES;
    memory.putLong(at + CONTROL, many ? address + control : 0);
    memory.putLong(at + CONTROL_LENGTH, many ? CONTROL_BYTES : 0);
    if (many) {
      memory.putLong(control, DATA + Short.BYTES);
      memory.putInt(control + LEVEL, SOL_UDP).putInt(control + TYPE, UDP_SEGMENT);
      memory.putShort(control + DATA, (short) segmentBytes);
    }
  }

  private void vector(int vector, long octets, int length) {
    memory.putLong(vectorAt(vector), octets).putLong(vectorAt(vector) + Long.BYTES, length);
  }

  private static int vectorAt(int vector) {
    return DatagramBatch.SLOTS * HEADER_BYTES + vector * VECTOR_BYTES;
  }
}
