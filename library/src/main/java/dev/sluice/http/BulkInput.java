package dev.sluice.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose subclasses see all octets in {@link #read(byte[], int, int)}. */
abstract class BulkInput extends FilterInputStream {
  BulkInput(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
