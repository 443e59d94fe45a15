package dev.sluice.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command line.
 *
 * @param only the scenarios to run; all of them when empty
 * @param runs the number of rounds, at least three, because a median needs them
 * @param flags2 the user's copy of the asyncio program to compare the twenty flags with
 * @param sluice the launcher of the samples
 * @param javaOptions options for the JVMs that this program starts
 * @param dnsNames the number of names in the comparison of probes
 * @param lazyNames the number of names in the probe with little memory
 */
record BenchmarkOptions(
    List<String> only,
    int runs,
    Optional<Path> flags2,
    Path sluice,
    List<String> javaOptions,
    int dnsNames,
    long lazyNames) {

  static final String USAGE =
      """
      WholeRuns [--only NAME[,NAME]] [--runs N] [--flags2 PATH] [--sluice PATH] [--java OPTIONS]
                [--dns-names N] [--lazy-names N]
        --only       scenarios: %s
        --runs       rounds, 3 at least (3)
        --flags2     flags2_asyncio.py to compare the twenty flags with (a script of the same shape)
        --sluice     our command line: a jar or a program (samples/apps/target/sluice.jar)
        --java       options for our own JVMs, such as "-XX:+UseSerialGC"
        --dns-names  names of dns-million, half of which exist (1,000,000)
        --lazy-names names of dns-memory (10,000,000)
      """;

  private static final int FEWEST_RUNS = 3;
  private static final int DNS_NAMES = 1_000_000;
  private static final long LAZY_NAMES = 10_000_000;

  BenchmarkOptions {
    if (runs < FEWEST_RUNS) {
      throw new IllegalArgumentException("--runs is " + runs + ", and 3 is the least");
    }
  }

  static BenchmarkOptions of(String... args) {
    BenchmarkOptions settings =
        new BenchmarkOptions(
            List.of(),
            FEWEST_RUNS,
            Optional.empty(),
            Path.of("samples/apps/target/sluice.jar"),
            List.of(),
            DNS_NAMES,
            LAZY_NAMES);
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException("no value for " + args[args.length - 1]);
    }
    for (int i = 0; i < args.length; i += 2) {
      settings = settings.with(args[i], args[i + 1]);
    }
    return settings;
  }

  private BenchmarkOptions with(String option, String value) {
    return switch (option) {
      case "--only" -> copy(words(value, ","), runs, flags2, sluice);
      case "--runs" -> copy(only, Integer.parseInt(value), flags2, sluice);
      case "--flags2" -> copy(only, runs, Optional.of(Path.of(value)), sluice);
      case "--sluice" -> copy(only, runs, flags2, Path.of(value));
      case "--java" ->
          new BenchmarkOptions(only, runs, flags2, sluice, words(value, " "), dnsNames, lazyNames);
      case "--dns-names" ->
          new BenchmarkOptions(
              only, runs, flags2, sluice, javaOptions, Integer.parseInt(value), lazyNames);
      case "--lazy-names" ->
          new BenchmarkOptions(
              only, runs, flags2, sluice, javaOptions, dnsNames, Long.parseLong(value));
      default -> throw new IllegalArgumentException("no such option: " + option);
    };
  }

  private BenchmarkOptions copy(List<String> only, int runs, Optional<Path> flags2, Path sluice) {
    return new BenchmarkOptions(only, runs, flags2, sluice, javaOptions, dnsNames, lazyNames);
  }

  private static List<String> words(String value, String separator) {
    return List.of(value.trim().split(separator + "+", -1));
  }
}
