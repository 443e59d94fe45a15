package dev.sluice.samples.sitecheck;

import dev.sluice.Outcome;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.Printable;
import dev.sluice.samples.Urls;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.sitecheck.SiteChecker.Answer;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what sites answer. */
@Command(
    name = "sitecheck",
    description = {
      "Asks sites for their pages, all at once, and shows status and beginning of each answer.",
      "The quickest comes first. A session is opened and closed around each."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all have answered, whatever their status",
      "  1  some errors",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class SitecheckCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      converter = Site.class,
      description = "http and https; example.org is short for https://example.org/.")
  private List<URI> sites = List.of();

  @Option(
      names = {"-v", "--verbose"},
      description = "Say when sessions are opened and closed, instead of the progress.")
  private boolean verbose;

  @Mixin private final RequestOptions requests = new RequestOptions(10);

  @Override
  public Integer call() {
    RunSummary report = new RunSummary(out(), sites.size(), "site", "checked");
    SiteChecker check = new SiteChecker(requests.policy(sites.size()), this::watch);
    try (CtrlC ctrlC = CtrlC.watch();
        Progress progress = progress()) {
      report.follow(check.of(sites), ctrlC, progress, outcome -> out().println(line(outcome)));
      report.closing(false);
      return report.status(ctrlC);
    }
  }

  private static String line(Outcome<URI, Answer> outcome) {
    String answer =
        outcome.fold(
            success -> success.value().status() + " " + success.value().start(),
            absent -> "not found",
            failure -> "error: " + RunSummary.reason(failure));
    return outcome.key() + ": " + Printable.line(answer).strip();
  }

  private void watch(URI site, String what) {
    if (verbose) {
      out().println(site + ": " + what);
    }
  }

  private Progress progress() {
    return verbose
        ? outcome -> {}
        : Progress.besideLines("sites", sites.size(), spec.commandLine().getErr());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static URI parse(String text) {
    return Urls.parse(text.contains("://") ? text : "https://" + text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is not a site: allowed are http(s) URLs without user"));
  }

  static final class Site extends ParsedOption<URI> {
    Site() {
      super(SitecheckCommand::parse);
    }
  }
}
