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

  /** The sorted union of two sorted arrays. */
  static int[] union(int[] a, int[] b) {
    int[] all = new int[a.length + b.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      int next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      i += i < a.length && a[i] == next ? 1 : 0;
      j += j < b.length && b[j] == next ? 1 : 0;
      all[size++] = next;
    }
    return size == all.length ? all : Arrays.copyOf(all, size);
  }
}
