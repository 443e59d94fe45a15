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
 * <p>Age decides, because nothing else proves that the writer is dead: process ids differ between
 * containers and hosts that share a volume, and some network file systems ignore locks. A wrong
 * decision does no harm: a writer that was paused for longer finds its temp file missing when it
 * moves the file, and writes again.
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
      // The folder does not exist yet, or cannot be listed. The write may succeed all the same.
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
      // Another process removed the file first, or owns it. A leftover temp file does no harm.
    }
  }
}
