package dev.sluice.samples.mojifinder;

import io.reactivex.rxjava3.core.Flowable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The result of a search, in the order of code points. Each method walks through the index again,
 * so this object stays small however large the result is. Immutable, so any number of threads may
 * use it.
 */
public final class Matches {
  private static final int[] NONE = {};

  private final int[][] lists;

  Matches(List<int[]> lists) {
    // Shortest first: only its characters are looked up in the other lists.
    this.lists = lists.toArray(int[][]::new);
    Arrays.sort(this.lists, Comparator.comparingInt(list -> list.length));
  }

  /** The number of characters. */
  public int count() {
    Intersection all = intersection();
    int count = 0;
    while (all.next() >= 0) {
      count++;
    }
    return count;
  }

  /** All code points of the result, in a new array. */
  public int[] codePoints() {
    CodePoints found = new CodePoints();
    Intersection all = intersection();
    for (int next = all.next(); next >= 0; next = all.next()) {
      found.add(next);
    }
    return found.toArray();
  }

  /**
   * The characters with their names.
   *
   * <p>Backpressure: honoured; a name is looked up when it is requested.
   *
   * <p>Scheduler: none; emits on the thread that calls {@code request}.
   */
  public Flowable<CharName> names() {
    return Flowable.generate(
        this::intersection,
        (found, emitter) -> {
          int next = found.next();
          if (next < 0) {
            emitter.onComplete();
          } else {
            emitter.onNext(new CharName(next, UnicodeNames.of(next)));
          }
        });
  }

  Intersection intersection() {
    return lists.length == 0 ? new Intersection(new int[][] {NONE}) : new Intersection(lists);
  }
}
