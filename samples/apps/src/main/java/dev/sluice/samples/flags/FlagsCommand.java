package dev.sluice.samples.flags;

import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import dev.sluice.flags.Naming;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads flags. */
@Command(
    name = "flags",
    description = {
      "Downloads flags of countries into files.",
      "Default: those of the 20 most populous countries, from a server of its own."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all downloaded or not found",
      "  1  some errors",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C; what is on the disk is whole"
    })
public final class FlagsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "CC",
      description = "A country's code, or a first letter: B for BA to BZ.")
  private List<String> codes = List.of();

  @Option(
      names = {"-a", "--all"},
      description = "All flags that the site is known to have.")
  private boolean all;

  @Option(
      names = {"-e", "--every"},
      description = "Every possible code, AA to ZZ.")
  private boolean every;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      converter = Limit.class,
      description = "Only the first N codes.")
  private int first = Integer.MAX_VALUE;

  @Option(
      names = {"-m", "--max-requests"},
      paramLabel = "CONCURRENT",
      defaultValue = "5",
      converter = RequestOptions.Connections.class,
      description = "At most this many requests at once, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "LABEL",
      defaultValue = "LOCAL",
      converter = SiteOption.class,
      description = {
        "LOCAL, DELAY (0.5 to 5 s an answer), ERROR (and a quarter of them teapots): a server of"
            + " its own. REMOTE: fluentpython.com. Or a URL. Default: ${DEFAULT-VALUE}."
      })
  @SuppressWarnings("NullAway.Init")
  private SiteChoice site;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "3.1s",
      converter = RequestOptions.Time.class,
      description = "Give up an attempt after this long. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "1",
      converter = RequestOptions.Tries.class,
      description = "Attempts at a flag in all, where another may help. Default: ${DEFAULT-VALUE}.")
  private int tries;

  @Option(
      names = {"-v", "--verbose"},
      description = "A line for every code instead of the progress.")
  private boolean verbose;

  @Option(names = "--named", description = "Name the files by country: Brazil.gif.")
  private boolean named;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "downloaded",
      description = "The folder to put them in. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    // A sorted set compares and does not hash: the hash of a record is slow the first time.
    List<CountryCode> chosen =
        asked().collect(Collectors.toCollection(TreeSet::new)).stream().limit(first).toList();
    int limit = Math.min(connections, chosen.size());
    RunSummary report = new RunSummary(out(), chosen.size(), "flag", "downloaded");
    try (CtrlC ctrlC = CtrlC.watch();
        SiteChoice.Open open = site.open();
        Flags flags = Flags.at(open.base(), Folder.at(folder), options(limit))) {
      announce(open.base(), chosen, limit);
      try (Progress progress = progress(chosen.size())) {
        report.follow(
            flags.downloadAll(Flowable.fromIterable(chosen)), ctrlC, progress, outcome -> {});
      }
      report.closing(!verbose);
      return report.status(ctrlC);
    }
  }

  private Stream<CountryCode> asked() {
    if (every) {
      return CountryCode.every().stream();
    }
    if (all) {
      return site.codes().stream();
    }
    return codes.isEmpty()
        ? CountryCode.mostPopulous().stream()
        : codes.stream().map(this::parsed).flatMap(List::stream);
  }

  private List<CountryCode> parsed(String argument) {
    try {
      return CountryCodeArgument.parse(argument);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private FlagOptions options(int limit) {
    Policy policy =
        Policy.of(Limiter.of(limit)).withAttemptTimeout(timeout).withRetry(Retry.upTo(tries));
    return FlagOptions.of(policy).withNaming(named ? Naming.BY_COUNTRY : Naming.BY_CODE);
  }

  private Progress progress(int size) {
    return verbose
        ? Progress.lines(out())
        : Progress.of("flags", size, spec.commandLine().getErr());
  }

  private void announce(URI base, List<CountryCode> chosen, int connections) {
    String which =
        chosen.size() <= 10
            ? String.join(", ", chosen.stream().map(CountryCode::value).toList())
            : "from " + chosen.get(0) + " to " + chosen.get(chosen.size() - 1);
    out().printf("%s site: %s%n", site.label(), base);
    out().printf("Searching for %s: %s%n", RunSummary.counted(chosen.size(), "flag"), which);
    out()
        .println(
            connections == 1
                ? "1 connection will be used."
                : connections + " concurrent connections will be used.");
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  static final class Limit extends ParsedOption<Integer> {
    Limit() {
      super(text -> Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
  }

  static final class SiteOption extends ParsedOption<SiteChoice> {
    SiteOption() {
      super(SiteChoice::parse);
    }
  }
}
