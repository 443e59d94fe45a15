package dev.sluice.samples.mojifinder;

import java.util.Arrays;

/** A growing array of distinct code points in ascending order. */
final class CodePoints {
  private int[] values = new int[4];
  private int size;

  /** Appends a code point that is not below the last one; the last one again is ignored. */
  void add(int codePoint) {
    if (size > 0 && values[size - 1] == codePoint) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = codePoint;
  }

  int[] toArray() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }

  /** The sorted union of two sorted arrays, of which the second should be the shorter. */
  static int[] union(int[] many, int[] few) {
    int[] all = new int[many.length + few.length];
    int size = 0;
    int from = 0;
    for (int value : few) {
      int found = Arrays.binarySearch(many, from, many.length, value);
      int to = found < 0 ? ~found : found;
      System.arraycopy(many, from, all, size, to - from);
      size += to - from;
      all[size++] = value;
      from = found < 0 ? to : to + 1;
    }
    System.arraycopy(many, from, all, size, many.length - from);
    size += many.length - from;
    return size == all.length ? all : Arrays.copyOf(all, size);
  }
}
