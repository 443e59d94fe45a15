package dev.sluice.samples.servers.dns;

import java.util.Arrays;

/**
 * Numbers names in the order in which they are added, from 0. All names are in one byte array, and
 * a lookup does not allocate, so that a server can hold millions of names.
 */
final class NameTable {
  private byte[] bytes = new byte[1024];
  private int[] starts = new int[16];
  private int size;

  /** A hash table of numbers plus one, so that 0 is an empty slot. Its length is a power of two. */
  private int[] slots = new int[64];

  /** Adds a name unless it is known, and returns its number. */
  int add(byte[] name) {
    int known = find(name, 0, name.length);
    if (known >= 0) {
      return known;
    }
    append(name);
    if (size * 2L > slots.length) {
      grow();
    } else {
      place(size - 1);
    }
    return size - 1;
  }

  /** The number of the name in part of an array, or -1. */
  int find(byte[] array, int from, int to) {
    int mask = slots.length - 1;
    for (int slot = hash(array, from, to) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int number = slots[slot] - 1;
      if (Arrays.equals(bytes, starts[number], starts[number + 1], array, from, to)) {
        return number;
      }
    }
    return -1;
  }

  int size() {
    return size;
  }

  static int hash(byte[] array, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + array[i];
    }
    // The low bits choose the slot; without mixing they would depend on the last bytes only.
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private void append(byte[] name) {
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    int start = starts[size];
    if (start + name.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    System.arraycopy(name, 0, bytes, start, name.length);
    size++;
    starts[size] = start + name.length;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      place(number);
    }
  }

  private void place(int number) {
    int mask = slots.length - 1;
    int slot = hash(bytes, starts[number], starts[number + 1]) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
  }
}
