package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Downloads flags from several hosts, of which each allows a rate. */
@FunctionalInterface
interface LimitedDownloads {
  /** {@return how many flags came whole} */
  int right(List<URI> flags) throws IOException, InterruptedException;
}
