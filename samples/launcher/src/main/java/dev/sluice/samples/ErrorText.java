package dev.sluice.samples;

import dev.sluice.Outcome.Failure;
import dev.sluice.TerminalText;
import dev.sluice.http.CallException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns exceptions into messages. The same problem has the same wording in every command; a text of
 * the JDK or of a library is shown only where this class has no wording of its own.
 */
public final class ErrorText {
  /** The one wording for a full disk. */
  public static final String DISK_FULL = "no space left on the device";

  private ErrorText() {}

  /** Whether the text of an exception says that the disk is full. */
  public static boolean isDiskFull(String words) {
    return words.toLowerCase(Locale.ROOT).contains("no space left");
  }

  /** One line: what was requested, where that is known, and what went wrong. */
  public static String of(Throwable e) {
    return TerminalText.escaped(Urls.withoutSecrets(line(e)));
  }

  /** The same for a key that failed. The key itself is left out: the line starts with it. */
  public static String of(Failure<?, ?> failure) {
    String text = TerminalText.escaped(line(failure.cause()));
    String rest =
        Stream.of(
                failure.key() + ": ", "GET " + failure.key() + ": ", "GET " + failure.key() + "/: ")
            .filter(text::startsWith)
            .findFirst()
            .map(prefix -> text.substring(prefix.length()))
            .orElse(text);
    return Urls.withoutSecrets(rest);
  }

  private static String line(Throwable e) {
    if (e instanceof CallException call) {
      return call(call);
    }
    // Other exceptions have messages of their own, which say more than their causes.
    return NetworkErrorText.isNetworkError(e)
        ? NetworkErrorText.of(e, "").orElseGet(() -> message(e))
        : file(e).orElseGet(() -> message(e));
  }

  private static String call(CallException call) {
    String message = message(call);
    int start = message.indexOf(call.url() + ": ");
    return NetworkErrorText.of(call, call.url())
        .filter(words -> start >= 0)
        .map(words -> message.substring(0, start) + call.url() + ": " + words)
        .orElse(message);
  }

  private static Optional<String> file(Throwable e) {
    if (e instanceof FileSystemException file && file.getFile() != null) {
      return Optional.of(file.getFile() + ": " + reason(file));
    }
    return e instanceof FileNotFoundException
        ? Optional.of(message(e).replace(" (", ": ").replaceFirst("\\)$", ""))
        : Optional.empty();
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (e instanceof NotDirectoryException) {
      return "not a folder";
    }
    String reason = Objects.requireNonNullElse(e.getReason(), "cannot be read or written");
    return isDiskFull(reason)
        ? DISK_FULL
        : switch (reason) {
          case "Is a directory" -> "is a folder";
          case "Not a directory" -> "not a folder";
          default -> lowerCase(reason);
        };
  }

  /** The first line of the message. An exception that is not about input or output is a bug. */
  private static String message(Throwable e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    String first = message.lines().findFirst().orElse("");
    String type = e.getClass().getSimpleName();
    if (e instanceof IOException && first.equals("No space left on device")) {
      return DISK_FULL;
    }
    if (e instanceof OutOfMemoryError) {
      return "out of memory or of threads" + (first.isEmpty() ? "" : ": " + lowerCase(first));
    }
    if (e instanceof IOException) {
      return first.isEmpty() ? "input or output failed (" + type + ")" : first;
    }
    return "unexpected error, please report it: " + type + (first.isEmpty() ? "" : ": " + first);
  }

  /** The words of the system within a sentence: "No space left on device". */
  static String lowerCase(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }
}
