package dev.sluice.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The input of a socket, through its {@link ResponseFilter}. */
final class FilteredInput extends FilterInputStream {
  private final ResponseFilter filter;

  FilteredInput(InputStream in, ResponseFilter filter) {
    super(in);
    this.filter = filter;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return filter.read(bytes, offset, length);
  }
}
