package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The records of the whole files of one folder, in its file {@code .sluice-files.ndjson}: a line of
 * JSON for each download that has ended, and the last line of a name counts. Only the offsets of
 * the lines are in memory.
 *
 * <p>Lines of several processes may be mixed, but not torn: each is one write at the end of the
 * file. A line that a killed process left torn is ignored. A lost line costs a download, no more.
 *
 * <p>Thread-safe. Calls block.
 */
final class FinishedFiles {
  private static final String NAME = ".sluice-files.ndjson";
  private static final int SHORT_LINE = 1 << 10;
  private static final int LONGEST_LINE = 1 << 16;

  private final Path folder;
  private final Path file;

  // Guarded by this.
  private final OffsetIndex index = new OffsetIndex();
  private boolean isTorn;

  private volatile boolean isLoaded;

  FinishedFiles(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
  }

  boolean isLoaded() {
    return isLoaded;
  }

  /** Reads the file, once. */
  synchronized void load() throws IOException {
    if (isLoaded) {
      return;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long start = 0;
      long at = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        at++;
        if (b == '\n') {
          index(line.toString(UTF_8), start);
          line.reset();
          start = at;
        } else {
          line.write(b);
        }
      }
      isTorn = line.size() > 0;
    } catch (NoSuchFileException e) {
      isTorn = false;
    }
    isLoaded = true;
  }

  private void index(String line, long offset) {
    try {
      index(FinishedFile.parse(line), offset);
    } catch (IOException e) {
      // Torn, or of another version: that file is downloaded again.
    }
  }

  private void index(FinishedFile finished, long offset) {
    index.put(byName(finished.name()), offset);
    index.put(byUrl(finished.url()), offset);
  }

  private static String byName(String name) {
    return "name " + name;
  }

  private static String byUrl(String url) {
    return "url " + url;
  }

  /** Whether {@link #find} may find something: no record is read. */
  synchronized boolean mayHave(URI url) {
    return index.get(byUrl(UrlKey.of(url))) >= 0;
  }

  /** The record of a file that came from this URL and is still there as it was written. */
  Optional<FinishedFile> find(URI url) {
    String from = UrlKey.of(url);
    long offset;
    synchronized (this) {
      offset = index.get(byUrl(from));
    }
    if (offset < 0) {
      return Optional.empty();
    }
    try {
      FinishedFile found = FinishedFile.parse(lineAt(offset));
      boolean isLast;
      synchronized (this) {
        isLast = index.get(byName(found.name())) == offset;
      }
      return found.url().equals(from) && isLast && found.isIn(folder)
          ? Optional.of(found)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String lineAt(long offset) throws IOException {
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

  /**
   * Adds a record: before its file gets its name, so that no whole file is without one. If the disk
   * refuses, the file is downloaded again by the next run; its own failure will say why.
   */
  synchronized void add(FinishedFile finished) {
    byte[] line = ((isTorn ? "\n" : "") + finished.json() + "\n").getBytes(UTF_8);
    try {
      append(finished, line);
      isTorn = false;
    } catch (IOException e) {
      isTorn = true;
    }
  }

  private void append(FinishedFile finished, byte[] line) throws IOException {
    try (FileChannel lines = opened()) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        lines.write(bytes);
      }
      index(finished, lines.size() - line.length + (isTorn ? 1 : 0));
    }
  }

  private FileChannel opened() throws IOException {
    try {
      return FileChannel.open(file, CREATE, APPEND);
    } catch (NoSuchFileException e) {
      Files.createDirectories(folder);
      return FileChannel.open(file, CREATE, APPEND);
    }
  }
}
