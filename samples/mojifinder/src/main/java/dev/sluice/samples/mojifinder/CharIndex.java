package dev.sluice.samples.mojifinder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An inverted index: for each word of a Unicode name the characters that have it.
 *
 * <pre>{@code
 * CharIndex index = CharIndex.ofUnicode();
 * index.search("cat face").names().blockingForEach(System.out::println);
 * }</pre>
 *
 * <p>Immutable, and so for any number of threads.
 */
public final class CharIndex {
  private static final int[] NONE = {};

  private final Map<String, int[]> index;

  private CharIndex(Map<String, int[]> index) {
    this.index = index;
  }

  /** Of every character that this JDK knows. */
  public static CharIndex ofUnicode() {
    return new CharIndex(IndexBuilder.build());
  }

  /**
   * The characters whose names have all of these words, in any order and in either case; none for a
   * query without words.
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
