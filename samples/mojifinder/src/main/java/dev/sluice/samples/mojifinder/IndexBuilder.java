package dev.sluice.samples.mojifinder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Builds the index on two threads. The first call of {@link Character#getName} unpacks the JDK's
 * list of names, which takes a while; meanwhile the other thread indexes the names that follow a
 * rule.
 */
final class IndexBuilder {
  private static final int SECOND_PLANE = 0x10000;
  private static final int END = Character.MAX_CODE_POINT + 1;

  private final Map<String, CodePoints> index = new HashMap<>(1 << 12);

  private IndexBuilder() {}

  /** The code points for each word, without those that {@link NameRule#named} computes. */
  static Map<String, int[]> build() {
    CompletableFuture<List<IndexBuilder>> others =
        CompletableFuture.supplyAsync(IndexBuilder::others);
    Map<String, int[]> all = new HashMap<>(1 << 16);
    listed(0, SECOND_PLANE).mergeInto(all);
    others.join().forEach(each -> each.mergeInto(all));
    return all;
  }

  private static List<IndexBuilder> others() {
    List<IndexBuilder> others = new ArrayList<>();
    NameRule.ALL.forEach(rule -> others.add(ruled(rule)));
    others.add(listed(SECOND_PLANE, END));
    return others;
  }

  private static IndexBuilder listed(int from, int to) {
    IndexBuilder builder = new IndexBuilder();
    for (int codePoint = from; codePoint < to; codePoint++) {
      int each = codePoint;
      WordTokenizer.forEach(UnicodeNames.listed(each), word -> builder.codePoints(word).add(each));
    }
    return builder;
  }

  /** A builder for each rule, because {@link CodePoints} must be added in ascending order. */
  private static IndexBuilder ruled(NameRule rule) {
    IndexBuilder builder = new IndexBuilder();
    builder.add(rule);
    return builder;
  }

  private void add(NameRule rule) {
    List<CodePoints> shared =
        WordTokenizer.of(rule.prefix()).stream().map(this::codePoints).toList();
    rule.codePoints()
        .forEach(
            codePoint -> {
              shared.forEach(each -> each.add(codePoint));
              if (!rule.endsInHex()) {
                codePoints(rule.suffix(codePoint)).add(codePoint);
              }
            });
  }

  private CodePoints codePoints(String word) {
    return index.computeIfAbsent(word, unused -> new CodePoints());
  }

  private void mergeInto(Map<String, int[]> all) {
    index.forEach((word, codePoints) -> all.merge(word, codePoints.toArray(), CodePoints::union));
  }
}
