package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.FileName;

/**
 * Something that came over the network and belongs into a file.
 *
 * @param name the file's name
 * @param content the file's bytes; handed over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, copied never.
public record Document(FileName name, byte[] content) {
  /**
   * Refuses null.
   *
   * @param name {@link #name()}
   * @param content {@link #content()}
   */
  public Document {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
  }
}
