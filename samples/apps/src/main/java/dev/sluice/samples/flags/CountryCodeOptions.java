package dev.sluice.samples.flags;

import dev.sluice.flags.CountryCode;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments and options that select country codes. */
final class CountryCodeOptions {
  @Parameters(
      paramLabel = "CC",
      description = "A country code, or a first letter: B for BA to BZ. Default: 20 countries.")
  private List<String> codes = List.of();

  @Option(
      names = {"-a", "--all"},
      description = "All codes that the site is known to have.")
  private boolean all;

  @Option(
      names = {"-e", "--every"},
      description = "Every possible code, AA to ZZ.")
  private boolean every;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      converter = Limit.class,
      description = "Only the first N codes in alphabetical order.")
  private int limit = Integer.MAX_VALUE;

  /**
   * The codes in alphabetical order, each once.
   *
   * @throws IllegalArgumentException if an argument is not a code, or if there are codes and an
   *     option that selects others; the message says what is allowed
   */
  List<CountryCode> selected(SiteChoice site) {
    // A sorted set compares and does not hash: the first hash of a record is slow.
    return selection(site).collect(Collectors.toCollection(TreeSet::new)).stream()
        .limit(limit)
        .toList();
  }

  private Stream<CountryCode> selection(SiteChoice site) {
    if ((all ? 1 : 0) + (every ? 1 : 0) + (codes.isEmpty() ? 0 : 1) > 1) {
      throw new IllegalArgumentException("--all, --every and codes: allowed is one of them");
    }
    if (every) {
      return CountryCode.every().stream();
    }
    if (all) {
      return site.codes().stream();
    }
    return codes.isEmpty()
        ? CountryCode.mostPopulous().stream()
        : codes.stream().map(CountryCodeArgument::parse).flatMap(List::stream);
  }

  static final class Limit extends ParsedOption<Integer> {
    Limit() {
      super(text -> Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
  }
}
