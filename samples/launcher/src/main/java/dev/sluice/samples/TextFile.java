package dev.sluice.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Text files in UTF-8 that options name. A byte order mark at the start is not part of the text.
 */
public final class TextFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What decoding makes of other octets: no character, so that no text has it. */
  private static final char NO_UTF_8 = '\uFFFF';

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

  /**
   * Checks that an output is not the file that is read.
   *
   * @throws IllegalArgumentException if it is; the message says what is allowed
   */
  public static void checkOutput(Path input, Path output) {
    if (isSameFile(input, output)) {
      throw new IllegalArgumentException(
          "'" + input + "' cannot be read and written: allowed are two files");
    }
  }

  private static boolean isSameFile(Path one, Path other) {
    try {
      return Files.isRegularFile(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** The whole text. */
  public static String read(Path file) throws IOException {
    try (BufferedReader text = open(file)) {
      StringWriter whole = new StringWriter();
      text.transferTo(whole);
      return whole.toString();
    }
  }

  /**
   * A reader of the text, which throws {@link NotUtf8Exception} for another charset. The caller
   * closes it.
   */
  public static BufferedReader open(Path file) throws IOException {
    BufferedReader text = new BufferedReader(new Lines(file));
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

  /** Counts the lines, to say which one is not UTF-8. */
  private static final class Lines extends FilterReader {
    private final Path file;
    private int line = 1;

    Lines(Path file) throws IOException {
      super(new InputStreamReader(Files.newInputStream(file), decoder()));
      this.file = file;
    }

    private static CharsetDecoder decoder() {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith(String.valueOf(NO_UTF_8));
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      for (int i = offset; i < offset + count; i++) {
        if (buffer[i] == NO_UTF_8) {
          throw new NotUtf8Exception(file + ", line " + line + ": not UTF-8");
        }
        line += buffer[i] == '\n' ? 1 : 0;
      }
      return count;
    }
  }
}
