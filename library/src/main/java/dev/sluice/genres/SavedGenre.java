package dev.sluice.genres;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A genre on the disk.
 *
 * @param genre what the file holds, in UTF-8
 * @param path the file, whole
 */
public record SavedGenre(Genre genre, Path path) {
  /**
   * Refuses null.
   *
   * @param genre {@link #genre()}
   * @param path {@link #path()}
   */
  public SavedGenre {
    requireNonNull(genre, "genre");
    requireNonNull(path, "path");
  }
}
