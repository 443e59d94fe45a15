package dev.sluice.samples.servers.dns;

import java.util.Arrays;

/**
 * Numbers for names: 0 for the first one added, and so on. Millions of names lie in one array of
 * bytes, and to look one up makes no garbage.
 */
final class NameTable {
  private byte[] letters = new byte[1024];
  private int[] starts = new int[16];
  private int size;

  /** Numbers plus one, so that 0 is an empty slot; its length is a power of two. */
  private int[] slots = new int[64];

  /** The number of a name that may be new. */
  int add(byte[] name) {
    int known = find(name, 0, name.length);
    if (known >= 0) {
      return known;
    }
    append(name);
    if (size * 2L > slots.length) {
      spread();
    } else {
      place(size - 1);
    }
    return size - 1;
  }

  /** The number of a name that lies in an array, or -1. */
  int find(byte[] array, int from, int to) {
    int mask = slots.length - 1;
    for (int slot = hash(array, from, to) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int number = slots[slot] - 1;
      if (Arrays.equals(letters, starts[number], starts[number + 1], array, from, to)) {
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
    // The low bits choose the slot, and alone they would know only the last letters.
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private void append(byte[] name) {
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    int start = starts[size];
    if (start + name.length > letters.length) {
      letters = Arrays.copyOf(letters, letters.length * 2);
    }
    System.arraycopy(name, 0, letters, start, name.length);
    size++;
    starts[size] = start + name.length;
  }

  private void spread() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      place(number);
    }
  }

  private void place(int number) {
    int mask = slots.length - 1;
    int slot = hash(letters, starts[number], starts[number + 1]) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
  }
}
