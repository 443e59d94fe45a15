package dev.sluice.journal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a key came out. */
public enum JournalVerdict {
  /** A value came. */
  SUCCESS,
  /** The value of an earlier run is still right. */
  UNCHANGED,
  /** The server says that there is no such thing. */
  NOT_FOUND,
  /** No usable answer. */
  FAILURE,
  /** Not an outcome: an error that came after the outcome of the key, which stays as it is. */
  LATE_ERROR;

  /** {@return whether there is no need to ask for the key again} */
  public boolean isDone() {
    return this == SUCCESS || this == UNCHANGED || this == NOT_FOUND;
  }

  /** {@return whether it is that of an outcome} */
  public boolean isOutcome() {
    return this != LATE_ERROR;
  }

  /** {@return the text in a journal: {@code not-found}} */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The verdict of a text in a journal; null if it is none. */
  static @Nullable JournalVerdict ofText(String text) {
    for (JournalVerdict verdict : values()) {
      if (verdict.text().equals(text)) {
        return verdict;
      }
    }
    return null;
  }
}
