package dev.sluice.zonefile;

import dev.sluice.TerminalText;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Files that may be compressed by gzip, whatever their names end in. */
final class Compressed {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC = 0x1f8b;

  private Compressed() {}

  static InputStream open(Path path) throws IOException {
    InputStream file = new BufferedInputStream(new OpenFile(path), BUFFER_BYTES);
    try {
      file.mark(2);
      boolean isGzip = (file.read() << Byte.SIZE | file.read()) == MAGIC;
      file.reset();
      return isGzip ? new GZIPInputStream(file, BUFFER_BYTES) : file;
    } catch (EOFException | ZipException e) {
      file.close();
      throw new ZoneFileException(TerminalText.escaped(path.toString()) + ": " + reason(e), e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** What is wrong with a file that cannot be decompressed, for this exception of the JDK. */
  static String reason(IOException e) {
    return "gzip: " + (e instanceof EOFException ? "the file is cut off" : e.getMessage());
  }

  /** A file that may be a pipe, of which the JDK cannot say how much there is. */
  private static final class OpenFile extends FilterInputStream {
    OpenFile(Path path) throws IOException {
      super(Files.newInputStream(path));
    }

    @Override
    public int available() {
      try {
        return super.available();
      } catch (IOException e) {
        // Perhaps there is more: the reader finds that out by reading.
        return 1;
      }
    }
  }
}
