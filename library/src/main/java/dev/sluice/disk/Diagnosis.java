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
 * Explains why a write failed. The text of the operating system depends on its language and does
 * not name the cause, so this class examines the folder after the failure: the finding comes first,
 * the text of the system follows in brackets.
 */
final class Diagnosis {
  private Diagnosis() {}

  static String of(FileName name, long bytes, Path folder, Exception cause) {
    String system = systemText(cause);
    return finding(name, bytes, folder, cause).map(it -> it + " (" + system + ")").orElse(system);
  }

  /** The folder or its nearest parent that exists, even if that is a file or a broken link. */
  static Path nearest(Path folder) {
    Path path = folder.toAbsolutePath();
    for (Path up = path; up != null; up = up.getParent()) {
      if (Files.exists(up, NOFOLLOW_LINKS)) {
        return up;
      }
    }
    return path;
  }

  private static Optional<String> finding(FileName name, long bytes, Path folder, Exception cause) {
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
    return refusal(nearest, bytes, cause);
  }

  private static String notFolder(Path path) {
    return Files.isSymbolicLink(path)
        ? " is a symbolic link that leads to no folder"
        : " is a file, not a folder";
  }

  private static Optional<String> refusal(Path nearest, long bytes, Exception cause) {
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
      return false; // Unknown: the message then has only the text of the system.
    }
  }

  static long free(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      return store.getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // Unknown: the message then has only the text of the system.
    }
  }

  private static String systemText(Exception cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "already there";
    }
    String reason = reason(cause);
    return reason == null ? cause.getClass().getSimpleName() : TerminalText.escaped(reason);
  }

  private static @Nullable String reason(Exception cause) {
    boolean hasReason = cause instanceof FileSystemException f && f.getReason() != null;
    return hasReason ? ((FileSystemException) cause).getReason() : cause.getMessage();
  }
}
