package dev.sluice.samples.check;

import dev.sluice.samples.TextFile;
import dev.sluice.samples.domains.NameSource;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for the names: arguments, a file, patterns, and the domains below which to look. */
final class CandidateOptions {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(
      paramLabel = "NAME",
      description = "Names, such as await.dev; or without a dot, for every domain of --tld.")
  private List<String> names = List.of();

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description =
          "Read names from this file, or from standard input with -, one a line. Empty lines and"
              + " those that start with # do not count.")
  private @Nullable Path file;

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      description =
          "Make names: {adj} and {noun} stand for each word of a list, [a-z0-9] for each character,"
              + " [a-z]{2} for two of them. Can be given several times.")
  private List<String> patterns = List.of();

  @Option(
      names = "--words",
      paramLabel = "NAME=FILE",
      description = "A word list for {NAME} in a pattern, one word a line.")
  private List<String> wordFiles = List.of();

  @Option(
      names = "--tld",
      paramLabel = "DOMAIN,…",
      description = "The domains for names without a dot, such as dev,com or co.uk.")
  private List<String> domains = List.of();

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      description = "More domains: popular, tech or europe.")
  private List<String> presets = List.of();

  /**
   * The names, made and read on demand.
   *
   * @param mayBeMissing whether none need be named
   */
  Flowable<String> candidates(boolean mayBeMissing) throws IOException {
    Map<String, List<String>> lists = WordLists.with(wordFiles);
    List<String> below = below();
    List<Flowable<String>> sources = new ArrayList<>();
    sources.add(Flowable.fromIterable(names));
    for (String text : patterns) {
      NamePattern pattern = NamePattern.parse(text, lists);
      sources.add(Flowable.rangeLong(0, pattern.count()).map(pattern::name));
    }
    if (file != null) {
      sources.add(
          file.equals(STANDARD_INPUT)
              ? NameSource.ofStandardInput(System.in).names()
              : NameSource.ofFile(TextFile.readable(file)).names());
    } else if (names.isEmpty() && patterns.isEmpty() && !mayBeMissing) {
      throw new IllegalArgumentException("give names, --pattern PATTERN, or -i FILE");
    }
    checkDots(below);
    return Flowable.concat(sources).concatMapIterable(name -> whole(name, below), 1);
  }

  private void checkDots(List<String> below) {
    for (String name : Stream.concat(names.stream(), patterns.stream()).toList()) {
      if (below.isEmpty() && name.indexOf('.') < 0) {
        throw new IllegalArgumentException(
            "'" + name + "' has no dot: give --tld, such as --tld dev,com");
      }
    }
  }

  /** A name with a dot is whole; another one is a label below each domain. */
  private static List<String> whole(String name, List<String> below) {
    return name.indexOf('.') >= 0 || below.isEmpty()
        ? List.of(name)
        : below.stream().map(domain -> name + "." + domain).toList();
  }

  private List<String> below() {
    Set<String> below = new LinkedHashSet<>();
    for (String text : domains) {
      for (String domain : text.split(",", -1)) {
        below.add(bare(domain));
      }
    }
    for (String preset : presets) {
      List<String> known = WordLists.PRESETS.get(preset);
      if (known == null) {
        throw new IllegalArgumentException(
            "'" + preset + "' is not a preset: allowed are " + WordLists.PRESETS.keySet());
      }
      below.addAll(known);
    }
    return List.copyOf(below);
  }

  private static String bare(String domain) {
    String bare = domain.strip().replaceAll("^\\.+|\\.+$", "");
    if (bare.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + domain + "' is not a domain: allowed are such as dev and co.uk");
    }
    return bare;
  }
}
