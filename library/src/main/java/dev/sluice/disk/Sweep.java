package dev.sluice.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removes, once, the temp files that killed processes left in a folder.
 *
 * <p>Nothing tells for certain that a writer is dead: process ids mean nothing across containers or
 * hosts that share a volume, and locks mean nothing on some network file systems. So age decides,
 * and a mistake costs nothing: a writer that was stopped for longer than that finds its temp file
 * gone when it moves it, and writes again.
 */
final class Sweep {
  private static final Duration DEAD_AFTER = Duration.ofMinutes(10);

  private final AtomicBoolean done = new AtomicBoolean();

  void once(Path folder) {
    if (done.get() || !done.compareAndSet(false, true)) {
      return;
    }
    Instant limit = Instant.now().minus(DEAD_AFTER);
    try (DirectoryStream<Path> temps = Files.newDirectoryStream(folder, Sweep::isTemp)) {
      for (Path temp : temps) {
        removeIfOlder(temp, limit);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No folder yet, or one that may be written but not listed: no reason to refuse the write.
    }
  }

  private static boolean isTemp(Path path) {
    return TempName.isTemp(String.valueOf(path.getFileName()));
  }

  private static void removeIfOlder(Path temp, Instant limit) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(temp, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isRegularFile() && found.lastModifiedTime().toInstant().isBefore(limit)) {
        Files.deleteIfExists(temp);
      }
    } catch (IOException e) {
      // Another process swept it first, or it belongs to somebody else: it harms nobody.
    }
  }
}
