package dev.sluice.samples.genres;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.TerminalText;
import dev.sluice.fetch.Saved;
import dev.sluice.genres.Genre;
import dev.sluice.genres.GenreOptions;
import dev.sluice.genres.Genres;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.EnvironmentProxies;
import dev.sluice.samples.apps.FolderOption;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.ProgressOptions;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.apps.SiteOptions;
import dev.sluice.samples.apps.UsageCheck;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.DelayRange;
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
import picocli.CommandLine.Spec;

/** Downloads invented genres into files. */
@Command(
    name = "genres",
    description = {
      "Downloads invented genres of music and writes each into a file.",
      "Default: ten of them, from binaryjazz.us, or from a server of its own if that cannot be"
          + " reached."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all written",
      "  1  some errors",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C; the files on the disk are complete"
    })
public final class GenresCommand implements Callable<Integer> {
  /** With a delay, so that {@code --sequential} shows the difference. */
  private static final HttpServerSettings EMBEDDED =
      HttpServerSettings.onLoopback().withDelay(DelayRange.parse("200ms"));

  private static final URI REAL = URI.create("https://binaryjazz.us/");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      defaultValue = "10",
      converter = Count.class,
      description = "The number of genres, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int number;

  @Option(
      names = "--sequential",
      description = "One after the other, to compare the time with that of the streams.")
  private boolean sequential;

  @Mixin private final ProgressOptions progressOptions = new ProgressOptions();
  @Mixin private final FolderOption folder = new FolderOption("genres");
  @Mixin private final RequestOptions requests = new RequestOptions(10, "10s");
  @Mixin private final SiteOptions sites = new SiteOptions();

  @Override
  public Integer call() throws IOException {
    if (sequential) {
      requests.refuseDeadline("--sequential");
    }
    List<Integer> all = Flowable.range(0, number).toList().blockingGet();
    try (JournalOptions.Open<Integer, Saved<Genre>> journal =
        requests.journal(Genres.journalCodec())) {
      return download(journal.keys(all), journal);
    }
  }

  private int download(List<Integer> numbers, JournalOptions.Open<Integer, Saved<Genre>> journal)
      throws IOException {
    GenreOptions options =
        GenreOptions.of(requests.policy(sequential ? 1 : numbers.size()))
            .withHttp(UsageCheck.read(spec, EnvironmentProxies::http));
    try (CtrlC ctrlC = CtrlC.watch();
        SiteOptions.Open site = sites.open(REAL, () -> GenreServer.start(EMBEDDED), spec);
        Genres genres = Genres.at(site.base(), folder.folder(), options)) {
      RunSummary summary = new RunSummary(out(), numbers.size(), "genre", "written");
      Progress bar = progressOptions.besideLines("genres", numbers.size(), spec);
      Pipeline<Integer, Saved<Genre>> downloads =
          journal.journalled(requests.within(genres.downloads()));
      try (Progress progress = requests.reported(bar, options.policy(), index -> site.base())) {
        summary.follow(outcomes(numbers, downloads), ctrlC, progress, this::say);
      }
      summary.print(!progressOptions.isVerbose());
      return summary.exitStatus(ctrlC);
    }
  }

  /** With {@code --sequential}, each request starts when the file before is written. */
  private Flowable<Outcome<Integer, Saved<Genre>>> outcomes(
      List<Integer> numbers, Pipeline<Integer, Saved<Genre>> downloads) {
    Flowable<Integer> keys = Flowable.fromIterable(numbers);
    return sequential ? keys.concatMapSingle(downloads::run, 1) : downloads.runOnDemand(keys);
  }

  private void say(Outcome<Integer, Saved<Genre>> outcome) {
    String line =
        outcome.fold(
            saved -> written(saved.value()),
            absent -> "",
            failure ->
                progressOptions.isVerbose()
                    ? failure.key() + " error: " + ErrorText.of(failure)
                    : "");
    if (!line.isEmpty()) {
      out().println(line);
    }
  }

  private static String written(Saved<Genre> saved) {
    String genre = TerminalText.line(saved.value().name());
    return "Writing '" + genre + "' to '" + saved.file().path() + "'…";
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  static final class Count extends ParsedOption<Integer> {
    Count() {
      super(text -> Numbers.parse(text, 1, 100_000));
    }
  }
}
