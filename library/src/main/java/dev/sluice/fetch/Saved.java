package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

/**
 * Something that is on the disk, whole, and still in memory.
 *
 * @param value what came
 * @param file where it went
 * @param <V> the type of the value
 */
public record Saved<V>(V value, SavedFile file) {
  /**
   * Refuses null.
   *
   * @param value {@link #value()}
   * @param file {@link #file()}
   */
  public Saved {
    requireNonNull(value, "value");
    requireNonNull(file, "file");
  }
}
