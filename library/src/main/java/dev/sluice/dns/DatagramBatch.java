package dev.sluice.dns;

import java.nio.ByteBuffer;

/** Datagrams, each in a slot of its own. */
final class DatagramBatch {
  /** How many fit: with more, the other side would sit idle while they are worked on. */
  static final int SLOTS = 64;

  /** No slots in the same places of the processor's cache. */
  private static final int STAGGER = 192;

  private final int slotBytes;
  private final int stride;
  private final ByteBuffer octets;
  private final long address;
  private final int[] lengths = new int[SLOTS];

  DatagramBatch(int slotBytes) {
    this.slotBytes = slotBytes;
    stride = slotBytes + STAGGER;
    octets = ByteBuffer.allocateDirect(SLOTS * stride);
    address = NativeCalls.AVAILABLE ? NativeCalls.address(octets) : 0;
  }

  int slotBytes() {
    return slotBytes;
  }

  /** Where the memory begins that all slots are in; 0 where nobody can ask for it. */
  long address() {
    return address;
  }

  /** Where a slot begins. */
  int start(int slot) {
    return slot * stride;
  }

  /** The slot as a buffer, whole and empty; valid until the next call. */
  ByteBuffer slot(int slot) {
    return octets.limit(start(slot) + slotBytes).position(start(slot));
  }

  /** What the slot holds, as a buffer; valid until the next call. */
  ByteBuffer content(int slot) {
    return octets.limit(start(slot) + lengths[slot]).position(start(slot));
  }

  int length(int slot) {
    return lengths[slot];
  }

  void setLength(int slot, int length) {
    lengths[slot] = length;
  }
}
