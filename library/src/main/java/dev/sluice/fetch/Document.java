package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.FileName;

/**
 * Content for a file, and the name of the file.
 *
 * @param name the file's name
 * @param content the file's bytes; handed over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Documents are not compared, and copies would cost.
public record Document(FileName name, byte[] content) {
  /**
   * Checks for null.
   *
   * @param name not null
   * @param content not null
   */
  public Document {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
  }
}
