package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.dns.Answer;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.UsageCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for the name of a blog among the keywords of a language. */
@Command(
    name = "blogdom",
    description = {
      "Shows which keywords of a language are taken as names of domains.",
      "+ is found, blank is not found, ~ has no address, ? is unknown."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  no name is unknown",
      "  1  some names are unknown",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class BlogdomCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--tld",
      paramLabel = "DOMAIN",
      defaultValue = "dev",
      converter = Tld.class,
      description = "The domain to look under. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String tld;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "4",
      converter = Length.class,
      description = "Only words of at most N letters. Default: ${DEFAULT-VALUE}.")
  private int maxLength;

  @Option(
      names = "--words",
      paramLabel = "WORDS",
      defaultValue = "python",
      description = "python, java, or a file with a word a line. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String words;

  @Mixin private final ResolverOptions resolvers = new ResolverOptions();

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    UsageCheck.check(spec, resolvers::check);
    List<String> chosen = UsageCheck.read(spec, this::chosen);
    PrintWriter out = spec.commandLine().getOut();
    // Watched until the last line is printed: closing it lets the process end.
    try (CtrlC ctrlC = CtrlC.watch();
        ResolverOptions.Open open = resolvers.orTheSystem()) {
      int status =
          new WordProbe(chosen, tld)
              .run(open.resolver(), ctrlC, out, outcome -> out.println(line(outcome)));
      out.printf(Locale.ROOT, "Elapsed time: %.2fs%n", (System.nanoTime() - start) / 1e9);
      out.flush();
      return status;
    }
  }

  private List<String> chosen() throws IOException {
    List<String> chosen =
        WordList.parse(words).all().stream().filter(word -> word.length() <= maxLength).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + words + "' has no word of at most " + Numbers.counted(maxLength, "letter"));
    }
    return chosen;
  }

  private static String line(Outcome<String, Answer> outcome) {
    StringBuilder line = new StringBuilder().append(ProbeVerdict.of(outcome).mark()).append(' ');
    Escapes.line(line, outcome.key());
    if (outcome instanceof Failure<?, ?> failure) {
      Escapes.line(line.append(": "), ErrorText.of(failure));
    }
    return line.toString();
  }

  static final class Tld extends ParsedOption<String> {
    Tld() {
      super(WordProbe::tld);
    }
  }

  static final class Length extends ParsedOption<Integer> {
    Length() {
      super(text -> Numbers.parse(text, 1, 63));
    }
  }
}
