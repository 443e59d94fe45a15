package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

/**
 * A value, and the file that was written from it.
 *
 * @param value the value, in memory
 * @param file its file, complete on the disk
 * @param <V> the type of the value
 */
public record Saved<V>(V value, SavedFile file) {
  /**
   * Checks for null.
   *
   * @param value not null
   * @param file not null
   */
  public Saved {
    requireNonNull(value, "value");
    requireNonNull(file, "file");
  }
}
