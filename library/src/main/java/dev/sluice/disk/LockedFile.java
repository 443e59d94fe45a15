package dev.sluice.disk;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An open file that no other process and no other {@code LockedFile} has. The lock goes when the
 * process ends, however it ends. On a file system without locks, only this process is excluded.
 *
 * @param channel the open file
 * @param claimed its path in {@link #OPEN}
 */
record LockedFile(FileChannel channel, Path claimed) implements AutoCloseable {
  /** A file is opened again if another process moves it between the opening and the lock. */
  private static final int TRIES = 20;

  /** On Linux, the lock of a process goes as soon as it closes any channel of the file. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  /** Opens a file, which need not exist; its folder must. */
  static LockedFile open(Path path, String name) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    Path claimed =
        Objects.requireNonNull(parent).toRealPath().resolve(String.valueOf(path.getFileName()));
    if (!OPEN.add(claimed)) {
      throw new BusyFileException(name + ": another download of this process is writing it");
    }
    try {
      return new LockedFile(locked(path, name), claimed);
    } catch (IOException | RuntimeException e) {
      OPEN.remove(claimed);
      throw e;
    }
  }

  private static FileChannel locked(Path path, String name) throws IOException {
    for (int left = TRIES; left > 0; left--) {
      FileChannel channel = lockedOnce(path, name);
      if (channel != null) {
        return channel;
      }
    }
    throw new BusyFileException(name + ": other processes are writing it");
  }

  /** Null if the path has another file by now. */
  private static @Nullable FileChannel lockedOnce(Path path, String name) throws IOException {
    Object before = key(path);
    FileChannel channel;
    try {
      channel =
          before == null
              ? FileChannel.open(path, READ, WRITE, CREATE_NEW)
              : FileChannel.open(path, READ, WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (FileAlreadyExistsException e) {
      return null;
    } catch (NoSuchFileException e) {
      if (before == null) {
        throw e;
      }
      return null;
    }
    boolean isOurs = false;
    try {
      Object opened = before == null ? key(path) : before;
      if (!lock(channel)) {
        throw new BusyFileException(name + ": another process is writing it");
      }
      isOurs = opened != null && opened.equals(key(path));
      return isOurs ? channel : null;
    } finally {
      if (!isOurs) {
        channel.close();
      }
    }
  }

  private static boolean lock(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      return true; // The file system has no locks.
    }
  }

  /** What tells one file from another; null if there is none. */
  private static @Nullable Object key(Path path) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Object key = found.fileKey();
      return key == null ? path : key; // Windows has no keys, and moves no file that is open.
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // All bytes were written before, or the writer has got the failure.
    } finally {
      OPEN.remove(claimed);
    }
  }
}
