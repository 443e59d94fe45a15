package dev.sluice.samples.mojifinder;

/** A line from a client, decoded. */
sealed interface Line {
  /** Whether the session ends after the answer to this line. */
  default boolean isLast() {
    return false;
  }

  /** Words to search for. */
  record Query(String text) implements Line {}

  /** A line with more bytes than a query may have. */
  record TooLong() implements Line {}

  /** A control character, by which the client asks to end the session. */
  record Leave() implements Line {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /** Bytes that are not UTF-8: perhaps another protocol. */
  record NotText() implements Line {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /** A line that still has no end after {@link LineDecoder#MAX_SKIPPED} bytes. */
  record Endless() implements Line {
    @Override
    public boolean isLast() {
      return true;
    }
  }
}
