package dev.sluice.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A map from texts to small numbers that does not keep the texts: two longs for each, made of its
 * SHA-256. It compares 93 bits: that two of a billion texts are taken for the same has a
 * probability of 10⁻¹⁰. Safe for use by many threads.
 */
final class KeyTable {
  /** What {@link #get} returns for a text that is not there. */
  static final long ABSENT = -1;

  /** The bits of a value; the others of the second long are of the hash. */
  private static final int VALUE_BITS = 42;

  private static final long VALUE_MASK = (1L << VALUE_BITS) - 1;

  /** Many small tables, so that growing needs little memory beside them all. */
  private static final int PARTS = 256;

  private static final int FIRST_SLOTS = 16;

  private final MessageDigest sha256;
  private final long[][] parts = new long[PARTS][2 * FIRST_SLOTS];
  private final int[] sizes = new int[PARTS];

  KeyTable() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Sets the value of a text: 0 or more, of at most 42 bits. */
  synchronized void put(String text, long value) {
    if (value < 0 || value > VALUE_MASK) {
      throw new IllegalArgumentException("value: " + value + ", must have at most 42 bits");
    }
    byte[] hash = hash(text);
    int part = hash[0] & 0xFF;
    if (4 * sizes[part] >= parts[part].length) {
      // Half of the slots are used: a slot has two longs.
      parts[part] = grown(parts[part]);
    }
    long first = first(hash);
    long second = second(hash);
    long[] slots = parts[part];
    int slot = slot(slots, first, second);
    if (slots[slot] == 0) {
      sizes[part]++;
    }
    slots[slot] = first;
    slots[slot + 1] = second | value;
  }

  /** The value of a text, or ABSENT. */
  synchronized long get(String text) {
    byte[] hash = hash(text);
    long[] slots = parts[hash[0] & 0xFF];
    int slot = slot(slots, first(hash), second(hash));
    return slots[slot] == 0 ? ABSENT : slots[slot + 1] & VALUE_MASK;
  }

  synchronized int size() {
    int size = 0;
    for (int each : sizes) {
      size += each;
    }
    return size;
  }

  private static long[] grown(long[] slots) {
    long[] larger = new long[2 * slots.length];
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != 0) {
        int slot = slot(larger, slots[i], slots[i + 1] & ~VALUE_MASK);
        larger[slot] = slots[i];
        larger[slot + 1] = slots[i + 1];
      }
    }
    return larger;
  }

  /** The slot that has this hash, or the free one for it. */
  private static int slot(long[] slots, long first, long second) {
    int mask = slots.length - 2;
    int slot = (int) (first >>> 8) & mask;
    while (slots[slot] != 0
        && (slots[slot] != first || (slots[slot + 1] & ~VALUE_MASK) != second)) {
      slot = slot + 2 & mask;
    }
    return slot;
  }

  private byte[] hash(String text) {
    // Not UTF-8, in which every half of a surrogate pair is the same question mark.
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return sha256.digest(bytes);
  }

  /** Never 0, which marks a free slot. */
  private static long first(byte[] hash) {
    return longOf(hash, 1) | 1;
  }

  private static long second(byte[] hash) {
    return longOf(hash, 9) & ~VALUE_MASK;
  }

  private static long longOf(byte[] hash, int from) {
    long value = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      value = (value << 8) | (hash[i] & 0xFF);
    }
    return value;
  }
}
