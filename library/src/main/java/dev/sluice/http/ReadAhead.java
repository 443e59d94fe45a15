package dev.sluice.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads 64 KiB of a long body at a time, where OkHttp asks for 8 KiB: a system call for every 8 KiB
 * is a large part of the cost of such a body. Without a long body, it has no buffer.
 */
final class ReadAhead extends FilterInputStream {
  private static final int SIZE = 64 << 10;

  private final BooleanSupplier isLong;
  private byte @Nullable [] buffer;
  private int from;
  private int to;

  /**
   * Wraps the input of a socket.
   *
   * @param isLong whether the body that is being read is long
   */
  ReadAhead(InputStream in, BooleanSupplier isLong) {
    super(in);
    this.isLong = isLong;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (from == to) {
      if (length >= SIZE || !isLong.getAsBoolean()) {
        buffer = null;
        return in.read(bytes, offset, length);
      }
      int read = fill();
      if (read < 0) {
        return -1;
      }
    }
    int count = Math.min(length, to - from);
    System.arraycopy(filled(), from, bytes, offset, count);
    from += count;
    return count;
  }

  private byte[] filled() {
    byte[] filled = buffer;
    return filled == null ? new byte[0] : filled;
  }

  private int fill() throws IOException {
    byte[] empty = buffer;
    if (empty == null) {
      empty = new byte[SIZE];
      buffer = empty;
    }
    int read = in.read(empty, 0, SIZE);
    from = 0;
    to = Math.max(read, 0);
    return read;
  }

  @Override
  public int available() throws IOException {
    return to - from + in.available();
  }
}
