package dev.sluice.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a write failed. The system's own words depend on its language and name no culprit, so the
 * folder is looked at again: what is found comes first, the system's words follow in brackets.
 */
final class Diagnosis {
  private Diagnosis() {}

  static String of(FileName name, long bytes, Path folder, Exception cause) {
    String said = said(cause);
    return found(name, bytes, folder, cause).map(it -> it + " (" + said + ")").orElse(said);
  }

  /** The closest of the folder and its parents that is there, be it a file or a broken link. */
  static Path nearest(Path folder) {
    Path path = folder.toAbsolutePath();
    for (Path up = path; up != null; up = up.getParent()) {
      if (Files.exists(up, NOFOLLOW_LINKS)) {
        return up;
      }
    }
    return path;
  }

  private static Optional<String> found(FileName name, long bytes, Path folder, Exception cause) {
    if (cause instanceof InvalidPathException) {
      String encoding = System.getProperty("sun.jnu.encoding", "unknown");
      return Optional.of("file names are in " + encoding + " here; a UTF-8 locale is needed");
    }
    if (cause instanceof ClosedByInterruptException) {
      return Optional.of("the thread was interrupted");
    }
    Path nearest = nearest(folder);
    if (!Files.isDirectory(nearest)) {
      return Optional.of(TerminalText.escaped(nearest.toString()) + notFolder(nearest));
    }
    if (Files.isDirectory(folder.resolve(name.value()), NOFOLLOW_LINKS)) {
      return Optional.of("a folder has that name");
    }
    return refused(nearest, bytes, cause);
  }

  private static String notFolder(Path path) {
    return Files.isSymbolicLink(path)
        ? " is a symbolic link that leads to no folder"
        : " is a file, not a folder";
  }

  private static Optional<String> refused(Path nearest, long bytes, Exception cause) {
    String where = TerminalText.escaped(nearest.toString());
    if (isReadOnly(nearest)) {
      return Optional.of("the file system of " + where + " is read-only");
    }
    if (cause instanceof AccessDeniedException) {
      return Optional.of("no permission to write in " + where);
    }
    if (cause instanceof NoSuchFileException) {
      return Optional.of("no file can be made in " + where);
    }
    long free = free(nearest);
    return free < bytes ? Optional.of("no space: " + free + " bytes are free") : Optional.empty();
  }

  private static boolean isReadOnly(Path path) {
    try {
      return Files.getFileStore(path).isReadOnly();
    } catch (IOException e) {
      return false; // The system's words have to do.
    }
  }

  private static long free(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      return store.getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // The system's words have to do.
    }
  }

  private static String said(Exception cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "already there";
    }
    String words = words(cause);
    return words == null ? cause.getClass().getSimpleName() : TerminalText.escaped(words);
  }

  private static @Nullable String words(Exception cause) {
    boolean hasReason = cause instanceof FileSystemException f && f.getReason() != null;
    return hasReason ? ((FileSystemException) cause).getReason() : cause.getMessage();
  }
}
