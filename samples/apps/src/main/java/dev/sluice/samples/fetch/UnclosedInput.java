package dev.sluice.samples.fetch;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A stream that stays open when it is closed. */
final class UnclosedInput extends FilterInputStream {
  UnclosedInput(InputStream in) {
    super(in);
  }

  @Override
  public void close() {}
}
