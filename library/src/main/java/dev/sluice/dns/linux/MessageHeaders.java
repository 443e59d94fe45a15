package dev.sluice.dns.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The arguments of {@code sendmmsg(2)} and {@code recvmmsg(2)} for a batch: an array of {@code
 * struct mmsghdr}, a {@code struct iovec} for each slot, and a {@code struct cmsghdr} for each
 * message made of several datagrams; in the layout of 64-bit Linux.
 */
final class MessageHeaders {
  static final int HEADER_BYTES = 64;
  private static final int VECTOR_BYTES = 16;
  private static final int CONTROL_BYTES = 24;

  // Offsets in struct mmsghdr.
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int LENGTH = 56;

  // Offsets in struct cmsghdr.
  private static final int LEVEL = 8;
  private static final int TYPE = 12;
  private static final int DATA = 16;

  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(DatagramBatch.SLOTS * (HEADER_BYTES + VECTOR_BYTES + CONTROL_BYTES))
          .order(ByteOrder.nativeOrder());
  private final NativeCalls calls;
  private final long address;

  MessageHeaders(NativeCalls calls) {
    this.calls = calls;
    address = calls.address(memory);
  }

  /** The address of the first header. */
  long address() {
    return address;
  }

  /** Describes every slot of a batch as a message to be received. */
  void describe(DatagramBatch batch) {
    long octets = batch.address(calls);
    for (int slot = 0; slot < DatagramBatch.SLOTS; slot++) {
      vector(slot, octets + batch.start(slot), batch.slotBytes());
      header(slot, slot, 1, 0);
    }
  }

  /** The length of the message that was received with a header. */
  int length(int header) {
    return memory.getInt(header * HEADER_BYTES + LENGTH);
  }

  /**
   * Describes slots as messages to be sent. If {@code joins} is true, neighbours of one length
   * become one message.
   *
   * @return the number of messages
   */
  int describe(DatagramBatch batch, int[] order, int from, int until, boolean joins) {
    long octets = batch.address(calls);
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

  /** The number of slots in the first messages. */
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
