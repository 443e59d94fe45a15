package dev.sluice.samples.cluster;

import static java.util.Objects.requireNonNull;

import dev.sluice.OutcomeLog;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/** The log of one key: keeps its line for the sink. Written before the outcome is emitted. */
final class LastLine implements OutcomeLog<JournalEntry> {
  private byte @Nullable [] bytes;

  @Override
  public void append(JournalEntry entry) {
    bytes = Journal.line(entry);
  }

  byte[] bytes() {
    return requireNonNull(bytes, "line");
  }
}
