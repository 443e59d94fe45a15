package dev.sluice.netty;

/**
 * How many bytes of one connection lie in direct memory, so that those of all connections fit.
 *
 * @param read at most so many are read at once
 * @param waiting a connection is not read from while more than these wait for the reader of a body;
 *     as many again may be lent
 * @param unread so many of a body are received before it has a reader, if it may have so many
 */
record BufferSizes(int read, int waiting, int unread) {
  /** A part of a smaller piece is not worth a buffer of its own. */
  static final int LEAST_READ = 4 << 10;

  private static final int MOST_READ = 256 << 10;

  /** Each of the four pieces that a download has under way may fill a read. */
  private static final int READS_WAITING = 4;

  /** Those that wait, those that are lent, and one that came before the pause. */
  private static final int READS_IN_ALL = 2 * READS_WAITING + 1;

  /** A part of a buffer keeps all of it, and the allocator keeps what is free in between. */
  private static final int SHARE_OF_MEMORY = 4;

  /** Bytes without a reader are in small pieces more often. */
  private static final int SHARE_OF_UNREAD = 8;

  /**
   * Divides the memory.
   *
   * @param memory bytes of direct memory
   * @param connections how many there are at most
   */
  static BufferSizes of(long memory, int connections) {
    long each = memory / SHARE_OF_MEMORY / READS_IN_ALL / connections;
    int read = (int) Math.max(LEAST_READ, Math.min(MOST_READ, each));
    int waiting = READS_WAITING * read;
    long unread = Math.max(waiting, memory / SHARE_OF_UNREAD / connections);
    return new BufferSizes(read, waiting, (int) Math.min(Integer.MAX_VALUE, unread));
  }

  /** A reader that waits is woken for so many bytes, and gets at most so many at once. */
  int step() {
    return read;
  }

  /** A connection is read from again when fewer wait. */
  int few() {
    return waiting / 2;
  }
}
