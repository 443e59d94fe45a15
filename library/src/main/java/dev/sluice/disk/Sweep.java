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
 * Removes, once, the temp files that killed processes left in a folder, and partial files that no
 * run has gone on with for 7 days.
 *
 * <p>Age decides, because nothing else proves that the writer is dead: process ids differ between
 * containers and hosts that share a volume, and some network file systems ignore locks. A wrong
 * decision does no harm: a writer that was paused for longer finds its temp file missing when it
 * moves the file, and writes again.
 */
final class Sweep {
  private static final Duration DEAD_AFTER = Duration.ofMinutes(10);

  /** A partial file is of use until a later run goes on with it. */
  private static final Duration PARTIAL_DEAD_AFTER = Duration.ofDays(7);

  private final AtomicBoolean done = new AtomicBoolean();

  void once(Path folder) {
    if (done.get() || !done.compareAndSet(false, true)) {
      return;
    }
    Instant now = Instant.now();
    try (DirectoryStream<Path> hidden = Files.newDirectoryStream(folder, TempName.PREFIX + "*")) {
      for (Path path : hidden) {
        String name = String.valueOf(path.getFileName());
        if (TempName.isTemp(name)) {
          removeIfOlder(path, now.minus(DEAD_AFTER));
        } else if (PartialName.isPartial(name)) {
          removePartial(path, name, now.minus(PARTIAL_DEAD_AFTER));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The folder does not exist yet, or cannot be listed. The write may succeed all the same.
    }
  }

  /** A file and its record go together: a run writes the record once, and then only the file. */
  private static void removePartial(Path path, String name, Instant limit) {
    if (!isFrom(path.resolveSibling(PartialName.sibling(name)), limit)) {
      removeIfOlder(path, limit);
    }
  }

  /** Whether a file was modified at this time or later. */
  private static boolean isFrom(Path path, Instant limit) {
    try {
      return !Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
          .toInstant()
          .isBefore(limit);
    } catch (IOException e) {
      return false; // Mostly there is none.
    }
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
