package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Where in a file the last line of a key is: 16 bytes a slot, so that a hundred thousand files take
 * 4 MB. Keys are hashes of 64 bits; the line itself says whether it is the right one.
 */
final class OffsetIndex {
  private static final int FIRST_SLOTS = 64;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private long[] keys = new long[FIRST_SLOTS];

  /** The offset and 1; 0 for an empty slot. */
  private long[] offsets = new long[FIRST_SLOTS];

  private int size;

  /** A hash by FNV-1a, mixed so that its low bits differ. */
  private static long hash(String key) {
    long hash = FNV_BASIS;
    for (byte b : key.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return (hash ^ (hash >>> 32)) * MIX;
  }

  void put(String key, long offset) {
    if (2 * size >= keys.length) {
      grow();
    }
    put(hash(key), offset + 1);
  }

  private void put(long key, long offset) {
    int slot = slot(key);
    if (offsets[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    offsets[slot] = offset;
  }

  /** Negative if the key is not there. */
  long get(String key) {
    return offsets[slot(hash(key))] - 1;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key >>> 32) & mask;
    while (offsets[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldOffsets = offsets;
    keys = new long[2 * oldKeys.length];
    offsets = new long[keys.length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldOffsets[i] != 0) {
        put(oldKeys[i], oldOffsets[i]);
      }
    }
  }
}
