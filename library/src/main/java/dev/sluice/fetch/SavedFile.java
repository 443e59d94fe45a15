package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file that is on the disk, whole.
 *
 * @param path where it is
 * @param bytes how long it is
 */
public record SavedFile(Path path, long bytes) {
  /**
   * Refuses null.
   *
   * @param path {@link #path()}
   * @param bytes {@link #bytes()}
   */
  public SavedFile {
    requireNonNull(path, "path");
  }
}
