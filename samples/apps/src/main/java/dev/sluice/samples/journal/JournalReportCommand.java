package dev.sluice.samples.journal;

import dev.sluice.TerminalText;
import dev.sluice.journal.Journal;
import dev.sluice.journal.RunReport;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.apps.RunPage;
import dev.sluice.samples.apps.RunReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a run did and where its time went. */
@Command(
    name = "report",
    description = {
      "Shows what the runs of a journal did and where their time went.",
      "A phase is shown over the keys that it took time of. The share is that of the time of all"
          + " keys together."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class JournalReportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      converter = JournalFile.Converter.class,
      description = "The journal.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = "--html",
      paramLabel = "PAGE",
      description = "Also write a page with a picture of the run into this file.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    if (page != null && !Files.isRegularFile(file)) {
      throw new ParameterException(
          spec.commandLine(), "--html: '" + file + "' cannot be read twice; a file is needed");
    }
    if (page != null && RunPage.isForeign(page)) {
      throw new ParameterException(
          spec.commandLine(),
          "--html: '" + TerminalText.escaped(page.toString()) + "'" + RunPage.FOREIGN);
    }
    RunReport report =
        Blocking.value(RunReport.of(Journal.read(file, torn -> JournalFile.warn(spec, torn))));
    RunReportText.print(report, spec.commandLine().getOut());
    if (page != null) {
      RunPage.write(page, file.toString(), report, file);
    }
    return 0;
  }
}
