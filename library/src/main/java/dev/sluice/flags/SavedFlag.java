package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A flag on the disk.
 *
 * @param code whose
 * @param path the file, whole
 * @param bytes how long it is
 */
public record SavedFlag(CountryCode code, Path path, long bytes) {
  /**
   * Refuses null.
   *
   * @param code {@link #code()}
   * @param path {@link #path()}
   * @param bytes {@link #bytes()}
   */
  public SavedFlag {
    requireNonNull(code, "code");
    requireNonNull(path, "path");
  }
}
