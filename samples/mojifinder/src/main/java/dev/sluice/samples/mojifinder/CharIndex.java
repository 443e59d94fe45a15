package dev.sluice.samples.mojifinder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An inverted index: for each word, the characters whose Unicode names contain it.
 *
 * <pre>{@code
 * CharIndex index = CharIndex.ofUnicode();
 * index.search("cat face").names().blockingForEach(System.out::println);
 * }</pre>
 *
 * <p>Immutable, so any number of threads may use it.
 */
public final class CharIndex {
  private static final int[] NONE = {};

  private final Map<String, int[]> index;

  private CharIndex(Map<String, int[]> index) {
    this.index = index;
  }

  /** Indexes every named character of {@link UnicodeNames}; takes about 0.2 s. */
  public static CharIndex ofUnicode() {
    return new CharIndex(IndexBuilder.build());
  }

  /**
   * Finds the characters whose names contain all words of the query, in any order. Case is ignored,
   * and a hyphen counts as a space. A query without words finds nothing.
   */
  public Matches search(String query) {
    List<int[]> found = new ArrayList<>();
    for (String word : WordTokenizer.of(query)) {
      found.add(codePoints(word));
    }
    return new Matches(found);
  }

  private int[] codePoints(String word) {
    int[] listed = index.getOrDefault(word, NONE);
    int[] named = NameRule.named(word);
    return named.length == 0 ? listed : CodePoints.union(listed, named);
  }
}
