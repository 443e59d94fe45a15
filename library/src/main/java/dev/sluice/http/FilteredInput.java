package dev.sluice.http;

import java.io.IOException;
import java.io.InputStream;

/** The input of a socket, through its {@link ResponseFilter}. */
final class FilteredInput extends BulkInput {
  private final ResponseFilter filter;

  FilteredInput(InputStream in, ResponseFilter filter) {
    super(in);
    this.filter = filter;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return filter.read(bytes, offset, length);
  }
}
