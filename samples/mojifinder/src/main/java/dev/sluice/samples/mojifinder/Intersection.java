package dev.sluice.samples.mojifinder;

import java.util.Arrays;

/** Iterates once over the code points that all of several sorted lists contain. */
final class Intersection {
  private final int[][] lists;
  private final int[] positions;

  /**
   * @param lists at least one, the shortest first
   */
  Intersection(int[][] lists) {
    this.lists = lists;
    positions = new int[lists.length];
  }

  /** The next code point, or -1 at the end. */
  int next() {
    int[] shortest = lists[0];
    while (positions[0] < shortest.length) {
      int candidate = shortest[positions[0]++];
      if (isInOthers(candidate)) {
        return candidate;
      }
    }
    return -1;
  }

  private boolean isInOthers(int candidate) {
    for (int i = 1; i < lists.length; i++) {
      int at = find(candidate, lists[i], positions[i]);
      positions[i] = at < 0 ? ~at : at;
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  /** Galloping search: doubles the step, because the next common code point is often near. */
  private static int find(int codePoint, int[] list, int from) {
    int step = 1;
    int low = from;
    while (low + step < list.length && list[low + step] < codePoint) {
      low += step;
      step *= 2;
    }
    return Arrays.binarySearch(list, low, Math.min(list.length, low + step + 1), codePoint);
  }
}
