package dev.sluice.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guard names the figure that became slower. */
@Timeout(10)
final class StoredRatiosTest {
  private static final StoredRatios STORED = new StoredRatios(Map.of("item", 2.0, "flag", 1.1));

  @Test
  void halfAsMuchMoreIsAllowed() {
    assertEquals(List.of(), STORED.slowerIn(new StoredRatios(Map.of("item", 3.0, "flag", 1.0))));
  }

  @Test
  void namesTheFigureThatBecameSlower() {
    assertEquals(
        List.of("item: 3.10 times the baseline, stored 2.00, at most 3.00 allowed"),
        STORED.slowerIn(new StoredRatios(Map.of("item", 3.1, "flag", 1.2))));
  }

  @Test
  void aFigureWithoutStoredRatioFails() {
    assertEquals(
        List.of("new: no stored ratio; --store stores one"),
        STORED.slowerIn(new StoredRatios(Map.of("new", 1.0))));
  }

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ratios.txt");
    STORED.write(file);
    assertEquals(STORED, StoredRatios.read(file));
  }
}
