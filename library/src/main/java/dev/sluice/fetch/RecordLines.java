package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that several processes append to, and that one of them may replace by a shorter
 * one. Calls block.
 *
 * @param file the file
 */
record RecordLines(Path file) {
  private static final int SHORT_LINE = 1 << 10;
  private static final int LONGEST_LINE = 1 << 16;

  /** Is told of each whole line. */
  @FunctionalInterface
  interface Reader {
    void line(String line, long offset) throws IOException;
  }

  /** Chooses lines. */
  @FunctionalInterface
  interface Choice {
    boolean keeps(String line, long offset);
  }

  /** Reads all lines; returns the offset behind the last whole one. */
  long read(Reader reader) throws IOException {
    try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r")) {
      return read(lines, 0, reader);
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  private static long read(RandomAccessFile lines, long from, Reader reader) throws IOException {
    lines.seek(from);
    InputStream in = new BufferedInputStream(new FileInputStream(lines.getFD()), 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long start = from;
    long at = from;
    for (int b = in.read(); b >= 0; b = in.read()) {
      at++;
      if (b == '\n') {
        reader.line(line.toString(UTF_8), start);
        line.reset();
        start = at;
      } else {
        line.write(b);
      }
    }
    return start;
  }

  /** The line at an offset. */
  String lineAt(long offset) throws IOException {
    try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r")) {
      String text = "";
      for (int length = SHORT_LINE; length <= LONGEST_LINE; length *= LONGEST_LINE / SHORT_LINE) {
        lines.seek(offset);
        byte[] some = new byte[(int) Math.min(length, Math.max(0, lines.length() - offset))];
        lines.readFully(some);
        text = new String(some, UTF_8);
        if (text.indexOf('\n') >= 0) {
          return text.substring(0, text.indexOf('\n'));
        }
      }
      return text;
    }
  }

  /** Appends by one write; returns the offset of the bytes. Makes the file and its folder. */
  long append(byte[] bytes) throws IOException {
    try (FileChannel lines = opened()) {
      write(bytes, lines);
      return lines.size() - bytes.length;
    }
  }

  private FileChannel opened() throws IOException {
    try {
      return FileChannel.open(file, CREATE, APPEND);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return FileChannel.open(file, CREATE, APPEND);
    }
  }

  private static void write(byte[] bytes, FileChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  /**
   * Replaces the file by one with fewer lines. Those that other processes append meanwhile are in
   * it, too, but for one that is written to the old file after that: its writer sees by the {@link
   * #key()} that it has to write again.
   *
   * @param known the key of the file that the offsets are of
   * @param end behind the last line that the choice is for
   * @param choice of the lines before that
   * @throws IOException if another process is at it, or has done it
   */
  void keep(@Nullable Object known, long end, Choice choice) throws IOException {
    // The name of a temp file: one that a killed process has left is removed after 10 minutes.
    Path temp = file.resolveSibling(".sluice-0-1.tmp");
    try (FileChannel to = FileChannel.open(temp, CREATE_NEW, WRITE);
        RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
      boolean replaced = false;
      try {
        if (!Objects.equals(known, key())) {
          throw new IOException("another process has done it");
        }
        Choice all = (line, offset) -> offset >= end || choice.keeps(line, offset);
        long copied = copy(from, 0, all, bytes -> write(bytes, to));
        to.force(true);
        Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
        replaced = true;
        copy(from, copied, (line, offset) -> true, this::append);
      } finally {
        if (!replaced) {
          Files.deleteIfExists(temp);
        }
      }
    }
  }

  /** Takes some whole lines. */
  @FunctionalInterface
  private interface Target {
    void write(byte[] bytes) throws IOException;
  }

  private static long copy(RandomAccessFile lines, long from, Choice choice, Target target)
      throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    long end =
        read(
            lines,
            from,
            (line, offset) -> {
              if (choice.keeps(line, offset)) {
                kept.writeBytes((line + "\n").getBytes(UTF_8));
              }
              if (kept.size() >= LONGEST_LINE) {
                target.write(kept.toByteArray());
                kept.reset();
              }
            });
    if (kept.size() > 0) {
      target.write(kept.toByteArray());
    }
    return end;
  }

  /** What tells the file from the one that replaces it; null if there is none, or no such key. */
  @Nullable Object key() {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
