package dev.sluice.samples.flags;

import dev.sluice.Pipeline;
import dev.sluice.fetch.SavedFile;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import dev.sluice.flags.Naming;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.EnvironmentProxies;
import dev.sluice.samples.apps.FolderOption;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.ProgressOptions;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.apps.UsageCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Downloads flags into files. */
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
      "  130  interrupted by Ctrl-C; the files on the disk are complete"
    })
public final class FlagsCommand implements Callable<Integer> {
  private static final int CODES_LISTED = 10;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final CountryCodeOptions codes = new CountryCodeOptions();

  @Option(
      names = {"-s", "--server"},
      paramLabel = "LABEL",
      defaultValue = "LOCAL",
      converter = SiteOption.class,
      description =
          "LOCAL, DELAY (answers take 0.5 s to 5 s) or ERROR (the same, and a quarter of the answers"
              + " are errors): a server of its own. REMOTE: fluentpython.com. Or a URL. Default:"
              + " ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private SiteChoice site;

  @Mixin private final RequestOptions requests = new RequestOptions(5, "3.1s");

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "stream",
      converter = EngineOption.class,
      description =
          "sequential (one after another), threads (a thread for each request) or stream, to"
              + " compare their times. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private FlagEngine engine;

  @Mixin private final ProgressOptions progressOptions = new ProgressOptions();

  @Option(names = "--named", description = "Name the files by country: Brazil.gif.")
  private boolean named;

  @Mixin private final FolderOption folder = new FolderOption("downloaded");

  @Override
  public Integer call() throws IOException {
    if (engine != FlagEngine.STREAM) {
      requests.refuseDeadline("--engine " + engine.name().toLowerCase(Locale.ROOT));
    }
    List<CountryCode> all = UsageCheck.read(spec, () -> codes.selected(site));
    try (JournalOptions.Open<CountryCode, SavedFile> journal =
        requests.journal(Flags.journalCodec())) {
      return download(journal.keys(all), journal);
    }
  }

  private int download(
      List<CountryCode> chosen, JournalOptions.Open<CountryCode, SavedFile> journal)
      throws IOException {
    FlagOptions options = UsageCheck.read(spec, () -> options(chosen.size()));
    RunSummary summary = new RunSummary(out(), chosen.size(), "flag", "downloaded");
    try (CtrlC ctrlC = CtrlC.watch();
        SiteChoice.Open open = site.open();
        Flags flags = Flags.at(open.base(), folder.folder(), options)) {
      announce(open.base(), chosen);
      Pipeline<CountryCode, SavedFile> downloads =
          journal.journalled(requests.within(flags.downloads()));
      try (Progress progress =
          requests.reported(progress(chosen.size()), options.policy(), code -> open.base())) {
        summary.follow(
            engine.downloadAll(chosen, connections(chosen.size()), downloads),
            ctrlC,
            progress,
            outcome -> {});
      }
      summary.print(!progressOptions.isVerbose());
      return summary.exitStatus(ctrlC);
    }
  }

  private FlagOptions options(int size) {
    return FlagOptions.of(requests.policy(size))
        .withHttp(EnvironmentProxies.http())
        .withNaming(named ? Naming.BY_COUNTRY : Naming.BY_CODE);
  }

  private int connections(int size) {
    return engine == FlagEngine.SEQUENTIAL ? 1 : requests.connections(size);
  }

  private Progress progress(int size) {
    return progressOptions.isVerbose()
        ? Progress.lines(out())
        : Progress.orKeys("flags", size, out());
  }

  private void announce(URI base, List<CountryCode> chosen) {
    out().println(site.label() + " site: " + base);
    out().println("Searching for " + Numbers.counted(chosen.size(), "flag") + which(chosen));
    out().println(connectionsOf(chosen) + " will be used.");
    out().flush();
  }

  private static String which(List<CountryCode> chosen) {
    if (chosen.isEmpty()) {
      return "";
    }
    return chosen.size() <= CODES_LISTED
        ? ": " + String.join(", ", chosen.stream().map(CountryCode::value).toList())
        : ": from " + chosen.get(0) + " to " + chosen.get(chosen.size() - 1);
  }

  private String connectionsOf(List<CountryCode> chosen) {
    if (chosen.isEmpty()) {
      return "No connection";
    }
    int connections = connections(chosen.size());
    return connections == 1 ? "1 connection" : connections + " concurrent connections";
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  static final class EngineOption extends ParsedOption<FlagEngine> {
    EngineOption() {
      super(FlagEngine::parse);
    }
  }

  static final class SiteOption extends ParsedOption<SiteChoice> {
    SiteOption() {
      super(SiteChoice::parse);
    }
  }
}
