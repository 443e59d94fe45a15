package dev.sluice.samples.mojifinder;

import java.util.Arrays;

/** Walks once over the code points that several sorted lists have in common. */
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

  /** The next code point; negative when there is none left. */
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

  /** By steps that double, since the next common code point is near more often than not. */
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
