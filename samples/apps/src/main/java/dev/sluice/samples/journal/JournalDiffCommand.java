package dev.sluice.samples.journal;

import dev.sluice.TerminalText;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalError;
import dev.sluice.journal.JournalIndex;
import dev.sluice.samples.apps.Blocking;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what differs between two journals. */
@Command(
    name = "diff",
    description = {
      "Shows the keys whose last outcome differs between two journals.",
      "- is only in the first, + only in the second, ~ in both. A value differs if its verdict, its"
          + " length or its digest does."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0  no difference", "  1  some differences", "  2  a usage error"})
public final class JournalDiffCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "A",
      converter = JournalFile.Converter.class,
      description = "The first journal.")
  @SuppressWarnings("NullAway.Init")
  private Path first;

  @Parameters(
      index = "1",
      paramLabel = "B",
      converter = JournalFile.Converter.class,
      description = "The second journal.")
  @SuppressWarnings("NullAway.Init")
  private Path second;

  private long removed;
  private long added;
  private long changed;
  private long same;

  @Override
  public Integer call() throws IOException {
    JournalIndex before = JournalIndex.of(first, torn -> JournalFile.warn(spec, torn));
    JournalIndex after = JournalIndex.of(second, torn -> JournalFile.warn(spec, torn));
    PrintWriter out = spec.commandLine().getOut();
    Blocking.end(
        before
            .lastEntries()
            .filter(entry -> !after.contains(entry.key()))
            .doOnNext(entry -> remove(entry, out))
            .ignoreElements());
    Blocking.end(
        after
            .lastEntries()
            .doOnNext(entry -> compare(before.last(entry.key()), entry))
            .ignoreElements());
    out.println(
        changed
            + " changed, "
            + removed
            + " only in A, "
            + added
            + " only in B, "
            + same
            + " same");
    return changed + removed + added == 0 ? 0 : 1;
  }

  private void remove(JournalEntry entry, PrintWriter out) {
    removed++;
    out.println("- " + key(entry) + ": " + what(entry));
  }

  private void compare(Optional<JournalEntry> before, JournalEntry after) {
    PrintWriter out = spec.commandLine().getOut();
    if (before.isEmpty()) {
      added++;
      out.println("+ " + key(after) + ": " + what(after));
    } else if (isSame(before.get(), after)) {
      same++;
    } else {
      changed++;
      out.println("~ " + key(after) + ": " + what(before.get()) + "; now " + what(after));
    }
  }

  private static boolean isSame(JournalEntry a, JournalEntry b) {
    boolean bothFound = a.verdict().isDone() && b.verdict().isDone();
    return bothFound
        ? isFound(a) == isFound(b)
            && a.bytes() == b.bytes()
            && (a.digest() == null || b.digest() == null || a.digest().equals(b.digest()))
        : a.verdict() == b.verdict() && Objects.equals(kind(a), kind(b));
  }

  /** A value that is unchanged since an earlier run is as good as a new one. */
  private static boolean isFound(JournalEntry entry) {
    return switch (entry.verdict()) {
      case SUCCESS, UNCHANGED -> true;
      case NOT_FOUND, FAILURE, LATE_ERROR -> false;
    };
  }

  private static String kind(JournalEntry entry) {
    return entry.error() == null ? "" : entry.error().kind();
  }

  private static String key(JournalEntry entry) {
    return TerminalText.line(entry.key());
  }

  private static String what(JournalEntry entry) {
    JournalError error = entry.error();
    if (error != null) {
      return entry.verdict().text() + ": " + TerminalText.line(error.message());
    }
    return entry.verdict().text() + (entry.bytes() < 0 ? "" : ", " + entry.bytes() + " bytes");
  }
}
