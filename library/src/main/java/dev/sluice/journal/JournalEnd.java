package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes a torn last line off a journal that is about to be appended to. */
final class JournalEnd {
  private static final byte[] START =
      ("{\"" + LineFields.V + "\":" + LineFields.VERSION + ",").getBytes(UTF_8);

  static final String NO_JOURNAL = "the file is no journal of version " + LineFields.VERSION;

  private static final int BLOCK = 8 * 1024;
  private static final String UNIX = "unix";

  /** The bits of a mode that are the type of the file, and those of a pipe. */
  private static final int FILE_TYPE = 0xF000;

  private static final int PIPE = 0x1000;

  private JournalEnd() {}

  /** Makes the file if there is none; returns the line that was taken away, or null. */
  static @Nullable TornLine mend(Path journal) throws IOException {
    refusePipe(journal);
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
      refuseOtherFiles(journal, file);
      long length = file.length();
      long whole = afterLastLineFeed(file, length);
      if (whole == length) {
        return null;
      }
      file.setLength(whole);
      return new TornLine(journal, whole, length - whole);
    }
  }

  /** To open a pipe for writing waits for its reader, and the next run could not read it. */
  private static void refusePipe(Path journal) throws IOException {
    boolean hasModes = journal.getFileSystem().supportedFileAttributeViews().contains(UNIX);
    if (hasModes
        && Files.exists(journal)
        && ((int) Files.getAttribute(journal, UNIX + ":mode") & FILE_TYPE) == PIPE) {
      throw new JournalException(
          "journal " + TerminalText.escaped(journal.toString()) + ": a pipe cannot be one", null);
    }
  }

  /** The end of any other file must not be cut off. */
  private static void refuseOtherFiles(Path journal, RandomAccessFile file) throws IOException {
    byte[] start = new byte[(int) Math.min(START.length, file.length())];
    file.readFully(start);
    if (!isStart(start, 0, start.length)) {
      throw new JournalException(
          "journal "
              + TerminalText.escaped(journal.toString())
              + ": "
              + NO_JOURNAL
              + ", and stays as it is",
          null);
    }
  }

  /** Whether a journal may start with these bytes, of which there may be few. */
  static boolean isStart(byte[] bytes, int from, int until) {
    int known = Math.min(until - from, START.length);
    return Arrays.equals(bytes, from, from + known, START, 0, known);
  }

  private static long afterLastLineFeed(RandomAccessFile file, long length) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long end = length; end > 0; ) {
      int size = (int) Math.min(BLOCK, end);
      file.seek(end - size);
      file.readFully(block, 0, size);
      for (int i = size - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return end - size + i + 1;
        }
      }
      end -= size;
    }
    return 0;
  }
}
