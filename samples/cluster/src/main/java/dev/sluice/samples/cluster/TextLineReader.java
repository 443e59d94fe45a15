package dev.sluice.samples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that begin before an end, without blanks around them. Empty lines and those that
 * start with {@code #} do not count. A line that is too long is cut.
 */
final class TextLineReader implements StreamFormat.Reader<String> {
  private static final int MAX_LINE_BYTES = 64 << 10;

  private final FSDataInputStream stream;
  private final long end;
  private final byte[] buffer = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int next;
  private int limit;

  /** The offset of the next byte of {@link #buffer} in the file. */
  private long position;

  TextLineReader(FSDataInputStream stream, long start, long end) throws IOException {
    this.stream = stream;
    this.end = end;
    stream.seek(start);
    position = start;
  }

  @Override
  public @Nullable String read() throws IOException {
    while (position < end && skipLine()) {
      String text = line.toString(UTF_8).strip();
      if (!text.isEmpty() && text.charAt(0) != '#') {
        return text;
      }
    }
    return null;
  }

  /** Reads one line into {@link #line}. False at the end of the file. */
  boolean skipLine() throws IOException {
    line.reset();
    boolean any = false;
    while (next < limit || fill()) {
      any = true;
      int from = next;
      while (next < limit && buffer[next] != '\n') {
        next++;
      }
      line.write(buffer, from, Math.min(next - from, MAX_LINE_BYTES - line.size()));
      boolean ended = next < limit;
      next += ended ? 1 : 0;
      position += next - from;
      if (ended) {
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    next = 0;
    limit = Math.max(0, stream.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public CheckpointedPosition getCheckpointedPosition() {
    return new CheckpointedPosition(position, 0);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
