package dev.sluice.samples.mojifinder;

/** What a client sent up to the end of a line. */
sealed interface Line {
  /** Whether the conversation ends here. */
  default boolean isLast() {
    return false;
  }

  /** Words to search for. */
  record Query(String text) implements Line {}

  /** More bytes than a query may have; they were not kept. */
  record TooLong() implements Line {}

  /** A control character: the client wants to leave. */
  record Leave() implements Line {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /** Bytes that are no text; perhaps the other end does not even speak to us. */
  record NotText() implements Line {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /** A line that has no end. */
  record Endless() implements Line {
    @Override
    public boolean isLast() {
      return true;
    }
  }
}
