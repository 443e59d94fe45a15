package dev.sluice.journal;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a journal for one process. The lock is on a file beside the journal: a process loses its
 * locks on a file as soon as it closes any stream of that file, and journals are read while they
 * are written.
 */
final class JournalLock implements AutoCloseable {
  private static final int TRIES = 10;

  /** A sparse file: only its last byte takes space. */
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  private JournalLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static JournalLock of(Path journal) throws IOException {
    Path real = real(journal);
    Path file = real.resolveSibling("." + real.getFileName() + ".lock");
    for (int left = TRIES; left > 0; left--) {
      JournalLock lock = tryOf(file, journal);
      if (lock != null) {
        return lock;
      }
    }
    throw inUse(journal);
  }

  /**
   * The path without symbolic links, for all links to a file share its lock. A device keeps its
   * path: no lock belongs beside it.
   */
  private static Path real(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      // Also where a link leads. Only a file that is there has a real path.
      FileChannel.open(journal, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    }
    return Files.isRegularFile(journal) ? journal.toRealPath() : journal;
  }

  /** Null if the lock is on a file that another process has removed meanwhile. */
  @SuppressWarnings("MustBeClosedChecker") // Closed by close(), or below.
  private static @Nullable JournalLock tryOf(Path file, Path journal) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(journal);
      }
      locked = isNamed(file, channel);
      return locked ? new JournalLock(file, channel) : null;
    } catch (OverlappingFileLockException e) {
      throw inUse(journal);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /**
   * Whether the channel is on the file that has the name now: a random length that is written to
   * the channel shows. To open the file a second time would lose the lock.
   */
  private static boolean isNamed(Path file, FileChannel channel) throws IOException {
    int length = ThreadLocalRandom.current().nextInt(1, MOST_BYTES);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(1), length - 1);
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static JournalException inUse(Path journal) {
    return new JournalException(
        "journal "
            + TerminalText.escaped(journal.toString())
            + ": another run writes to it; wait for its end, or name another file",
        null);
  }

  /** Removes the file first: after the lock is gone, it may be that of another process. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Windows removes no open file. It stays, without a lock on it.
      return;
    }
  }
}
