package dev.sluice.samples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether standard output and standard error are terminals, and whether output was lost. */
public final class Terminal {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /**
   * Whether standard error is a terminal that can show a progress bar. Read from /proc, because
   * Java cannot tell for one stream alone; false on systems without /proc.
   */
  public static boolean isWatching() {
    return isTerminal(target(STANDARD_ERROR)) && !isDumb();
  }

  /** Whether the terminal can neither show colours nor write a line anew. */
  public static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /**
   * The width of the terminal on standard error, as {@code stty} says it; 80 if it cannot be known.
   * Blocks for the few milliseconds that the program takes.
   */
  public static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(STANDARD_ERROR.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int columns = Integer.parseInt(size.strip().replaceFirst("\\d+ ", ""));
      // A terminal that does not know its size says 0.
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException e) {
      return USUAL_COLUMNS;
    }
  }

  /** Whether standard output is shown on a terminal. */
  public static boolean isShown() {
    return isTerminal(target(STANDARD_OUTPUT));
  }

  /**
   * Why standard output is incomplete, such as a full disk. Empty if it is complete, and if it is a
   * pipe: a reader such as {@code head} closes its pipe when it has read enough.
   */
  static Optional<String> whyOutputIsCut() {
    String target = target(STANDARD_OUTPUT);
    boolean isFile = target.startsWith("/") && !isTerminal(target);
    return isFile && System.out.checkError() ? Optional.of(reason()) : Optional.empty();
  }

  /** Writes again to get the exception, because PrintStream does not keep the reason. */
  @SuppressWarnings("resource") // Closing it would close standard output.
  private static String reason() {
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
      return "could not be written";
    } catch (IOException e) {
      return ErrorText.of(e);
    }
  }

  private static boolean isTerminal(String target) {
    return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
