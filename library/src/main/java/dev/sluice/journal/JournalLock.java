package dev.sluice.journal;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a journal for one process. The lock is on a file beside the journal: a process loses its
 * locks on a file as soon as it closes any stream of that file, and journals are read while they
 * are written.
 */
final class JournalLock implements AutoCloseable {
  private static final int TRIES = 10;

  private final Path file;
  private final FileChannel channel;

  private JournalLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static JournalLock of(Path journal) throws IOException {
    Path file = journal.resolveSibling("." + journal.getFileName() + ".lock");
    for (int left = TRIES; left > 0; left--) {
      JournalLock lock = tryOf(file, journal);
      if (lock != null) {
        return lock;
      }
    }
    throw inUse(journal);
  }

  /** Null if the lock is on a file that another process has removed meanwhile. */
  @SuppressWarnings("MustBeClosedChecker") // Closed by close(), or below.
  private static @Nullable JournalLock tryOf(Path file, Path journal) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      Object before = key(file);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(journal);
      }
      locked = before != null && before.equals(key(file));
      return locked ? new JournalLock(file, channel) : null;
    } catch (OverlappingFileLockException e) {
      throw inUse(journal);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** The identity of a file; null if there is none. */
  private static @Nullable Object key(Path file) throws IOException {
    try {
      Object key =
          Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException e) {
      return null;
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
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    }
  }
}
