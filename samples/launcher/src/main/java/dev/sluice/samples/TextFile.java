package dev.sluice.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Text files in UTF-8 that options name. A byte order mark at the start is not part of the text.
 */
public final class TextFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /**
   * The same path. It may be a pipe, such as the one that {@code <(…)} of a shell stands for.
   *
   * @throws IllegalArgumentException if it cannot be read, or is a folder
   */
  public static Path readable(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("'" + file + "' is not a file that can be read");
    }
    return file;
  }

  /** The whole text. */
  public static String read(Path file) throws IOException {
    try (BufferedReader text = open(file)) {
      StringWriter whole = new StringWriter();
      text.transferTo(whole);
      return whole.toString();
    }
  }

  /** A reader of the text. The caller closes it. */
  public static BufferedReader open(Path file) throws IOException {
    BufferedReader text = Files.newBufferedReader(file);
    try {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      return text;
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }
}
