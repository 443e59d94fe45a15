package dev.sluice.samples.apps;

import dev.sluice.OutcomeLog;
import dev.sluice.TerminalText;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What {@code --report} prints and writes at the end of a run. The picture of a page needs every
 * outcome once the length of the run is known, so they are kept in a journal of its own, beside the
 * page, until the page is written.
 */
final class EndReport implements AutoCloseable {
  private final RunReport.Builder report = RunReport.builder();
  private final PrintWriter err;
  private final @Nullable Path page;
  private final @Nullable Journal outcomes;

  private EndReport(PrintWriter err, @Nullable Path page, @Nullable Journal outcomes) {
    this.err = err;
    this.page = page;
    this.outcomes = outcomes;
  }

  /** Null if the option is not given; a usage error if its page cannot be written. */
  static @Nullable EndReport of(ReportOption option, CommandSpec spec) {
    if (!option.isGiven()) {
      return null;
    }
    PrintWriter err = spec.commandLine().getErr();
    Path page = option.page(spec).orElse(null);
    if (page == null) {
      return new EndReport(err, null, null);
    }
    try {
      if (RunPage.isForeign(page)) {
        throw wrong(spec, page, RunPage.FOREIGN, null);
      }
      return new EndReport(err, page, besides(page));
    } catch (IOException e) {
      throw wrong(spec, page, " cannot be written", e);
    }
  }

  private static ParameterException wrong(
      CommandSpec spec, Path page, String what, @Nullable IOException cause) {
    return new ParameterException(spec.commandLine(), "--report: " + quoted(page) + what, cause);
  }

  private static Journal besides(Path page) throws IOException {
    Path folder = page.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(page)) {
      throw new IOException("not the name of a file");
    }
    return Journal.open(Files.createTempFile(folder, ".report-", ".tmp"));
  }

  private static String quoted(Path page) {
    return "'" + TerminalText.escaped(page.toString()) + "'";
  }

  /** Where the outcomes go. */
  OutcomeLog<JournalEntry> log() {
    return outcomes == null ? report : outcomes.and(report);
  }

  /** Prints the report, and writes the page. */
  @Override
  public void close() throws IOException {
    RunReport all = report.build();
    RunReportText.print(all, err);
    if (outcomes == null || page == null) {
      return;
    }
    try {
      outcomes.close();
      RunPage.write(page, "a run at " + all.firstStart(), all, outcomes.path());
      err.println("page with a picture of the run: " + TerminalText.escaped(page.toString()));
    } finally {
      Files.deleteIfExists(outcomes.path());
    }
  }
}
