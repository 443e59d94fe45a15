package dev.sluice.samples.mojifinder;

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
  private static final int CHUNK_BYTES = 8 * 1024;

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
    ResultText report = new ResultText(matches, "\n");
    while (!report.isWhole() && !out.checkError()) {
      Utf8 text = new Utf8(2 * CHUNK_BYTES);
      report.writeTo(text, CHUNK_BYTES);
      out.write(text.toBytes(), 0, text.size());
    }
    out.flush();
    return 0;
  }
}
