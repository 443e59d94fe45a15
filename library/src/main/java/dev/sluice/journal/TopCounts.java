package dev.sluice.journal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts texts, those that come first by themselves and the others together. */
final class TopCounts {
  private static final int MOST = 1_000;
  private static final String OTHERS = "…";

  private final Map<String, Long> counts = new HashMap<>();

  void add(String text) {
    boolean isKnown = counts.size() < MOST || counts.containsKey(text);
    counts.merge(isKnown ? text : OTHERS, 1L, Long::sum);
  }

  /** The most frequent first. */
  Map<String, Long> sorted() {
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Long>>comparingLong(each -> -each.getValue())
                .thenComparing(Map.Entry::getKey))
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return sorted;
  }
}
