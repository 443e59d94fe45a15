package dev.sluice.samples.apps;

import java.io.FilterInputStream;
import java.io.InputStream;

/**
 * Standard input, which stays open when it is closed: {@code close} would wait for another thread's
 * read.
 */
public final class UnclosedInput extends FilterInputStream {
  public UnclosedInput(InputStream in) {
    super(in);
  }

  @Override
  public void close() {}
}
