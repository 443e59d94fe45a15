package dev.sluice.samples.mojifinder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Builds the index on two threads, each from a half of the listed names. */
final class IndexBuilder {
  private final Map<String, CodePoints> index = new HashMap<>(1 << 13);

  private IndexBuilder() {}

  /** The code points for each word, without those that {@link NameRule#named} computes. */
  static Map<String, int[]> build() {
    int half = UnicodeNames.listed() / 2;
    CompletableFuture<List<IndexBuilder>> others =
        CompletableFuture.supplyAsync(() -> others(half));
    Map<String, int[]> all = new HashMap<>(1 << 16);
    listed(0, half).mergeInto(all);
    others.join().forEach(each -> each.mergeInto(all));
    return all;
  }

  private static List<IndexBuilder> others(int half) {
    // A builder for each part, because code points must be added in ascending order.
    List<IndexBuilder> others = new ArrayList<>();
    others.add(listed(half, UnicodeNames.listed()));
    UnicodeNames.rules().forEach(rule -> others.add(ruled(rule)));
    return others;
  }

  private static IndexBuilder listed(int from, int to) {
    IndexBuilder builder = new IndexBuilder();
    UnicodeNames.forEachListed(
        from,
        to,
        (codePoint, name) ->
            WordTokenizer.forEach(name, word -> builder.codePoints(word).add(codePoint)));
    return builder;
  }

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
