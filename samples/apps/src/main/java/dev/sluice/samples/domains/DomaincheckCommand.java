package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.dns.Answer;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.apps.UsageCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows in two columns which short keywords of Python exist as names under a domain. */
@Command(
    name = "domaincheck",
    description = "Shows in two columns which short keywords of Python are taken under a domain.",
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
public final class DomaincheckCommand implements Callable<Integer> {
  private static final int LONGEST_WORD = 4;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "TLD",
      converter = BlogdomCommand.Tld.class,
      description = "The domain to look under, such as dev or com.br.")
  @SuppressWarnings("NullAway.Init")
  private String tld;

  @Mixin private final ResolverOptions resolvers = new ResolverOptions();

  @Override
  public Integer call() throws IOException {
    List<String> words =
        WordList.PYTHON.all().stream().filter(word -> word.length() <= LONGEST_WORD).toList();
    UsageCheck.check(spec, resolvers::check);
    PrintWriter out = spec.commandLine().getOut();
    int width = LONGEST_WORD + 1 + tld.length() + 2;
    try (CtrlC ctrlC = CtrlC.watch();
        ResolverOptions.Open open = resolvers.orTheSystem()) {
      out.println(columns(width, "FOUND", "NOT FOUND"));
      out.println(columns(width, "=====", "========="));
      return new WordProbe(words, tld)
          .run(open.resolver(), ctrlC, out, outcome -> say(outcome, width));
    }
  }

  private void say(Outcome<String, Answer> outcome, int width) {
    PrintWriter out = spec.commandLine().getOut();
    switch (ProbeVerdict.of(outcome)) {
      case FOUND, REGISTERED, NO_RECORD -> out.println(outcome.key());
      case NO_ADDRESS -> out.println(outcome.key() + " (no address)");
      case NOT_FOUND, NOT_REGISTERED -> out.println(columns(width, "", outcome.key()));
      case UNKNOWN -> complain((Failure<?, ?>) outcome);
    }
  }

  /** An unknown name belongs to neither column. */
  private void complain(Failure<?, ?> failure) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("? " + failure.key() + ": " + ErrorText.of(failure));
    err.flush();
  }

  private static String columns(int width, String left, String right) {
    return left + " ".repeat(Math.max(2, Math.max(width, 14) - left.length())) + right;
  }
}
