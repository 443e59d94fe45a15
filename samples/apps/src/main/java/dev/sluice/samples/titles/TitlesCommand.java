package dev.sluice.samples.titles;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.TerminalText;
import dev.sluice.http.HttpOptions;
import dev.sluice.journal.JournalCodec;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.EnvironmentProxies;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.ProgressOptions;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.apps.SiteOptions;
import dev.sluice.samples.apps.UsageCheck;
import dev.sluice.samples.servers.http.HttpServerSettings;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the titles of the episodes of a podcast. */
@Command(
    name = "titles",
    description = {
      "Shows the titles of numbered pages, fetched in parallel: the first heading of each.",
      "Default: episodes of talkpython.fm, or of a server of its own if that cannot be reached."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all found, not found or without a title",
      "  1  some errors",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class TitlesCommand implements Callable<Integer> {
  private static final URI REAL = URI.create("https://talkpython.fm");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "N",
      defaultValue = "185",
      converter = Page.class,
      description = "The number of the first page. Default: ${DEFAULT-VALUE}.")
  private int first;

  @Option(
      names = "--to",
      paramLabel = "N",
      defaultValue = "199",
      converter = Page.class,
      description = "The number of the last page. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      converter = Colours.class,
      description = "auto (on a terminal), always or never. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private TerminalColor.When colours;

  @Mixin private final ProgressOptions progressOptions = new ProgressOptions();
  @Mixin private final RequestOptions requests = new RequestOptions(5, "10s");
  @Mixin private final SiteOptions sites = new SiteOptions();

  @Override
  public Integer call() throws IOException {
    if (last < first) {
      boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption("--to");
      throw new ParameterException(
          spec.commandLine(),
          isGiven
              ? "--to " + last + ": allowed are " + first + " and more"
              : "--from " + first + ": allowed are 0 to " + last + ", or more with --to");
    }
    List<Integer> all = Flowable.range(first, last - first + 1).toList().blockingGet();
    try (JournalOptions.Open<Integer, String> journal =
        requests.journal(JournalCodec.ofInteger())) {
      return show(journal.keys(all), journal);
    }
  }

  private int show(List<Integer> numbers, JournalOptions.Open<Integer, String> journal)
      throws IOException {
    int pages = numbers.size();
    HttpOptions http = UsageCheck.read(spec, EnvironmentProxies::http);
    Policy policy = requests.policy(pages);
    Steps steps = new Steps(out(), colours.now(), progressOptions.isVerbose());
    try (CtrlC ctrlC = CtrlC.watch();
        SiteOptions.Open site =
            sites.open(REAL, () -> EmbeddedPages.start(HttpServerSettings.onLoopback()), spec);
        Titles titles = new Titles(site.base(), policy, http, steps)) {
      RunSummary summary = new RunSummary(out(), pages, "page", "read");
      Progress bar = progressOptions.besideLines("titles", pages, spec);
      try (Progress progress = requests.reported(bar, policy, page -> site.base())) {
        summary.follow(
            journal
                .journalled(requests.within(titles.pipeline()))
                .runAll(Flowable.fromIterable(numbers)),
            ctrlC,
            progress,
            steps::found);
      }
      summary.print(false);
      return summary.exitStatus(ctrlC);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints a line for each step of a page, each kind of step in its own colour. */
  private record Steps(PrintWriter out, boolean coloured, boolean withThread)
      implements Titles.Steps {
    @Override
    public void gettingHtml(int number) {
      say(TerminalColor.YELLOW, "Getting HTML for page " + number);
    }

    @Override
    public void gettingTitle(int number) {
      say(TerminalColor.CYAN, "Getting TITLE for page " + number);
    }

    void found(Outcome<Integer, String> outcome) {
      String start = "Page " + outcome.key() + ": ";
      outcome.fold(
          title -> title(start, title.value()),
          absent -> say(TerminalColor.RED, start + "not found"),
          failure -> say(TerminalColor.RED, start + "error: " + ErrorText.of(failure)));
    }

    private boolean title(String start, String title) {
      return title.equals(Titles.MISSING)
          ? say(TerminalColor.RED, start + title)
          : say(TerminalColor.GREEN, start + "title found: " + TerminalText.line(title));
    }

    private boolean say(TerminalColor paint, String line) {
      String told = withThread ? line + " [" + Thread.currentThread().getName() + "]" : line;
      out.println(coloured ? paint.on(told) : told);
      return true;
    }
  }

  static final class Page extends ParsedOption<Integer> {
    Page() {
      super(text -> Numbers.parse(text, 0, 1_000_000));
    }
  }

  static final class Colours extends ParsedOption<TerminalColor.When> {
    Colours() {
      super(TerminalColor.When::parse);
    }
  }
}
