package dev.sluice.samples.genres;

import dev.sluice.Outcome;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Saved;
import dev.sluice.genres.Genre;
import dev.sluice.genres.GenreOptions;
import dev.sluice.genres.Genres;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.Printable;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.apps.SiteOptions;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.HttpServer.Settings;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes made-up genres into files. */
@Command(
    name = "genres",
    description = {
      "Has genres of music made up and writes each into a file.",
      "Default: ten of them, from binaryjazz.us, or from a server of its own when there is no"
          + " network."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all written",
      "  1  some errors",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C; what is on the disk is whole"
    })
public final class GenresCommand implements Callable<Integer> {
  private static final URI REAL = URI.create("https://binaryjazz.us/");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      defaultValue = "10",
      converter = Count.class,
      description = "So many genres, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int number;

  @Option(
      names = "--sequential",
      description = "One after the other, as a program without streams would, to compare.")
  private boolean sequential;

  @Option(
      names = {"-v", "--verbose"},
      description = "Errors as they come, instead of the progress.")
  private boolean verbose;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "genres",
      description = "The folder to put them in. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Mixin private final RequestOptions requests = new RequestOptions(10);
  @Mixin private final SiteOptions sites = new SiteOptions();

  @Override
  public Integer call() throws IOException {
    GenreOptions options = GenreOptions.of(requests.policy(sequential ? 1 : number));
    try (CtrlC ctrlC = CtrlC.watch();
        SiteOptions.Open site =
            sites.open(REAL, () -> GenreServer.start(Settings.onLoopback()), spec);
        Genres genres = Genres.at(site.base(), Folder.at(folder), options)) {
      RunSummary report = new RunSummary(out(), number, "genre", "written");
      try (Progress progress = progress()) {
        report.follow(
            sequential ? oneByOne(genres) : genres.downloadAll(number), ctrlC, progress, this::say);
      }
      report.closing(!verbose);
      return report.status(ctrlC);
    }
  }

  /** The synchronous version: the next one is asked for when the last one is written. */
  private Flowable<Outcome<Integer, Saved<Genre>>> oneByOne(Genres genres) {
    return Flowable.range(0, number).concatMapSingle(genres.downloads()::run, 1);
  }

  private void say(Outcome<Integer, Saved<Genre>> outcome) {
    String line =
        outcome.fold(
            saved -> written(saved.value()),
            absent -> "",
            failure -> verbose ? failure.key() + " error: " + RunSummary.reason(failure) : "");
    if (!line.isEmpty()) {
      out().println(line);
    }
  }

  private static String written(Saved<Genre> saved) {
    return "Writing '" + Printable.line(saved.value().name()) + "' to '" + saved.file().path() + "'…";
  }

  private Progress progress() {
    return verbose
        ? outcome -> {}
        : Progress.besideLines("genres", number, spec.commandLine().getErr());
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
