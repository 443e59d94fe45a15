package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds characters by the words of their names. */
@Command(
    name = "mojifinder",
    description = {
      "Shows the characters whose Unicode names have all of these words.",
      "Upper and lower case are the same, and a hyphen is a space."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0  searched, whatever was found", "  2  a usage error"})
public final class MojifinderCommand implements Callable<Integer> {
  /** As many lines as are written at once. */
  private static final int CHUNK = 256;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "WORD", description = "Words such as: cat face")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    if (words.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no words to search for; usage: sluice mojifinder WORD...");
    }
    // Not the command's own writer: a locale without these characters would turn them into '?'.
    PrintStream out = System.out;
    Matches matches = CharIndex.ofUnicode().search(String.join(" ", words));
    Report.of(matches, matches.count(), "\n")
        .buffer(CHUNK)
        .takeWhile(lines -> write(out, lines))
        .blockingSubscribe();
    return 0;
  }

  /** Whether somebody reads on. */
  private static boolean write(PrintStream out, List<String> lines) {
    byte[] chunk = String.join("", lines).getBytes(UTF_8);
    out.write(chunk, 0, chunk.length);
    return !out.checkError();
  }
}
