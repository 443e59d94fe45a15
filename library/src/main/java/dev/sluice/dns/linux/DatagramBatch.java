package dev.sluice.dns.linux;

import java.nio.ByteBuffer;

/** Memory for the datagrams of one system call, each in a slot of its own. */
public final class DatagramBatch {
  /** How many datagrams fit. With more, the server would be idle while they are processed. */
  public static final int SLOTS = 64;

  /** Padding, so that slots do not map to the same cache sets. */
  private static final int PADDING_BYTES = 192;

  private final int slotBytes;
  private final int stride;
  private final ByteBuffer octets;

  /** The address of the first slot; 0 until it is asked for. */
  private long address;

  private final int[] lengths = new int[SLOTS];

  public DatagramBatch(int slotBytes) {
    this.slotBytes = slotBytes;
    stride = slotBytes + PADDING_BYTES;
    octets = ByteBuffer.allocateDirect(SLOTS * stride);
  }

  int slotBytes() {
    return slotBytes;
  }

  /** The address of the first slot. */
  long address(NativeCalls calls) {
    if (address == 0) {
      address = calls.address(octets);
    }
    return address;
  }

  /** The offset of a slot from the first one. */
  int start(int slot) {
    return slot * stride;
  }

  /** The whole slot as a buffer; valid until the next call. */
  public ByteBuffer slot(int slot) {
    return octets.limit(start(slot) + slotBytes).position(start(slot));
  }

  /** The datagram in the slot as a buffer; valid until the next call. */
  public ByteBuffer content(int slot) {
    return octets.limit(start(slot) + lengths[slot]).position(start(slot));
  }

  public int length(int slot) {
    return lengths[slot];
  }

  public void setLength(int slot, int length) {
    lengths[slot] = length;
  }
}
