package dev.sluice.samples.fetch;

import dev.sluice.fetch.Downloads;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import picocli.CommandLine.Option;

/** The option that says in how many segments a large file comes. */
final class SegmentsOption {
  private static final int MOST = 100;
  private static final long LEAST_BYTES = 8L << 20;

  @Option(
      names = "--segments",
      paramLabel = "N",
      defaultValue = "1",
      converter = Count.class,
      description =
          "Download a file of 16 MiB or more in up to N segments at once, 1 to 100, if the server"
              + " serves ranges of it and sends a strong ETag. Each is a request that counts for"
              + " -m, --per-host and --rate. Default: ${DEFAULT-VALUE}.")
  private int segments = 1;

  /** These downloads in segments. */
  Downloads appliedTo(Downloads downloads) {
    return downloads.withSegments(segments, LEAST_BYTES);
  }

  /** Whether a file may come in several segments; their number depends on its length. */
  boolean isOn() {
    return segments > 1;
  }

  /** How many requests so many files may need at once. */
  int requests(int files) {
    return (int) Math.min((long) files * segments, Integer.MAX_VALUE);
  }

  static final class Count extends ParsedOption<Integer> {
    Count() {
      super(text -> Numbers.parse(text, 1, MOST));
    }
  }
}
