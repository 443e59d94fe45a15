package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.nio.file.Path;

/**
 * The last line of a journal, which is not whole: the process was killed, or the disk full, while
 * it was written.
 *
 * @param journal the file
 * @param offset where the line begins
 * @param bytes how much of it there is
 */
public record TornLine(Path journal, long offset, long bytes) {
  /**
   * Checks for null.
   *
   * @param journal the file
   * @param offset where the line begins
   * @param bytes how much of it there is
   */
  public TornLine {
    requireNonNull(journal, "journal");
  }

  /** {@return a sentence for people} */
  @Override
  public String toString() {
    return "journal "
        + TerminalText.escaped(journal.toString())
        + ": the last line is not whole and does not count ("
        + bytes
        + " bytes)";
  }
}
