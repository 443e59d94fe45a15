package dev.sluice.samples.mojifinder;

import io.reactivex.rxjava3.core.Flowable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a search found, in the order of code points. It is found anew by whoever asks: so it holds
 * next to nothing, however much there is to find.
 */
public final class Matches {
  private static final int[] NONE = {};

  private final int[][] lists;

  Matches(List<int[]> lists) {
    // The shortest first: no more than its characters need to be looked up in the others.
    this.lists = lists.toArray(int[][]::new);
    Arrays.sort(this.lists, Comparator.comparingInt(list -> list.length));
  }

  /** How many characters there are. */
  public int count() {
    Intersection all = intersection();
    int count = 0;
    while (all.next() >= 0) {
      count++;
    }
    return count;
  }

  /** All at once. */
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
   * <p>Backpressure: honoured; what nobody asked for is not even looked up.
   *
   * <p>Scheduler: none, runs on the thread that asks.
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

  /** From the first one on. */
  Intersection intersection() {
    return lists.length == 0 ? new Intersection(new int[][] {NONE}) : new Intersection(lists);
  }
}
