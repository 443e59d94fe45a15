package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Ratios by name, a line each: {@code name = ratio}. Lines that begin with # are comments. */
record StoredRatios(Map<String, Double> ratios) {
  /** A figure may grow by so much before it counts as slower: rounds scatter by up to a third. */
  static final double TOLERANCE = 1.5;

  private static final String COMMENT =
      "# Time of Sluice over the time of the baseline, see SlowdownGuard.";

  static StoredRatios read(Path file) throws IOException {
    Map<String, Double> ratios = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("=", 2);
        ratios.put(parts[0].strip(), Double.valueOf(parts[1].strip()));
      }
    }
    return new StoredRatios(ratios);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(COMMENT));
    ratios.forEach(
        (name, ratio) -> lines.add(String.format(Locale.ROOT, "%s = %.2f", name, ratio)));
    Files.write(file, lines);
  }

  /**
   * The figures that became slower, a sentence each. A figure without a stored ratio is one, too.
   */
  List<String> slowerIn(StoredRatios measured) {
    List<String> slower = new ArrayList<>();
    measured.ratios.forEach(
        (name, now) -> {
          Double before = ratios.get(name);
          if (before == null) {
            slower.add("%s: no stored ratio; --store stores one".formatted(name));
          } else if (now > before * TOLERANCE) {
            slower.add(
                String.format(
                    Locale.ROOT,
                    "%s: %.2f times the baseline, stored %.2f, at most %.2f allowed",
                    name,
                    now,
                    before,
                    before * TOLERANCE));
          }
        });
    return slower;
  }
}
