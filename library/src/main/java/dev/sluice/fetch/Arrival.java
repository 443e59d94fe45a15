package dev.sluice.fetch;

import dev.sluice.disk.FileName;

/** What an attempt at a download has brought. */
sealed interface Arrival {
  /**
   * A small body, which is still to be written.
   *
   * @param name the name of its file
   * @param content all of it
   * @param finished the record of its file
   */
  @SuppressWarnings("ArrayRecordComponent") // Not compared, and a copy would cost.
  record InMemory(FileName name, byte[] content, FinishedFile finished) implements Arrival {}

  /**
   * A file that is in place.
   *
   * @param value the outcome's value
   */
  record OnDisk(Downloaded value) implements Arrival {}
}
