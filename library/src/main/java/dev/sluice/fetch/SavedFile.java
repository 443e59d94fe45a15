package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file, complete on the disk.
 *
 * @param path its path
 * @param bytes its length
 */
public record SavedFile(Path path, long bytes) {
  /**
   * Checks for null.
   *
   * @param path not null
   * @param bytes its length
   */
  public SavedFile {
    requireNonNull(path, "path");
  }
}
