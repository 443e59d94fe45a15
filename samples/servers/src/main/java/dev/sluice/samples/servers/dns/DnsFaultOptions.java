package dev.sluice.samples.servers.dns;

import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.SeedOption;
import picocli.CommandLine.Option;

/** The options of the DNS server that make faults on purpose. */
final class DnsFaultOptions {
  private DnsFaults faults = DnsFaults.NONE.withSeed(System.nanoTime());

  DnsFaults faults() {
    return faults;
  }

  @Option(
      names = "--delay",
      paramLabel = "MIN..MAX",
      converter = DelayRange.Converter.class,
      description =
          "Delay each answer by a time between MIN and MAX, such as 10ms..50ms. A single duration"
              + " delays all answers alike. Default: no delay.")
  void delay(DelayRange delay) {
    faults = faults.withDelay(delay);
  }

  @Option(
      names = "--loss",
      paramLabel = "P",
      converter = Rate.class,
      description = "Lose a query over UDP with this probability, from 0 to 1. Default: 0.")
  void loss(double loss) {
    faults = faults.withLoss(loss);
  }

  @Option(
      names = "--truncate",
      paramLabel = "P",
      converter = Rate.class,
      description =
          "Truncate an answer over UDP with this probability, so that clients ask again over TCP."
              + " Default: 0.")
  void truncate(double truncation) {
    faults = faults.withTruncation(truncation);
  }

  @Option(
      names = "--rcode",
      paramLabel = "RCODE[:P]",
      converter = Failure.Converter.class,
      description =
          "Answer with this RCODE and no records: SERVFAIL always, SERVFAIL:0.1 with probability"
              + " 0.1. Default: no failures.")
  void rcode(Failure failure) {
    faults = faults.withRcode(failure.rcode(), failure.rate());
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = SeedOption.class,
      description = "Servers with the same seed make the same faults. Default: another each time.")
  void seed(long seed) {
    faults = faults.withSeed(seed);
  }

  private static double parseRate(String text) {
    return Numbers.parseProbability(text, "a probability", "0 (never) to 1 (always)");
  }

  static final class Rate extends ParsedOption<Double> {
    Rate() {
      super(DnsFaultOptions::parseRate);
    }
  }

  /** The value of {@code --rcode}. */
  record Failure(Rcode rcode, double rate) {
    private static Failure parse(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new Failure(Rcode.parse(text), 1)
          : new Failure(
              Rcode.parse(text.substring(0, colon)), parseRate(text.substring(colon + 1)));
    }

    static final class Converter extends ParsedOption<Failure> {
      Converter() {
        super(Failure::parse);
      }
    }
  }
}
