package dev.sluice.samples.mojifinder;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the characters whose names contain the given words. */
@Command(
    name = "mojifinder",
    description = {
      "Prints the characters whose Unicode names contain all of these words.",
      "Case is ignored, and a hyphen counts as a space."
    },
    mixinStandardHelpOptions = true,
    versionProvider = UnicodeVersion.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0  success, even if no character was found", "  2  wrong usage"})
public final class MojifinderCommand implements Callable<Integer> {
  private static final int CHUNK_BYTES = 8 * 1024;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "WORD", description = "Words of the name, for example: cat face")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    if (words.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no words to search for; usage: sluice mojifinder WORD...");
    }
    // Bytes, because the command's writer prints '?' for what the locale's charset lacks.
    PrintStream out = System.out;
    Matches matches = CharIndex.ofUnicode().search(String.join(" ", words));
    ResultText text = new ResultText(matches, "\n");
    while (!text.isComplete() && !out.checkError()) {
      Utf8 chunk = new Utf8(2 * CHUNK_BYTES);
      text.writeTo(chunk, CHUNK_BYTES);
      out.write(chunk.toBytes(), 0, chunk.size());
    }
    out.flush();
    return 0;
  }
}
