package dev.sluice.samples.sitecheck;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.TerminalText;
import dev.sluice.http.HttpOptions;
import dev.sluice.journal.JournalCodec;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.Urls;
import dev.sluice.samples.apps.EnvironmentProxies;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.ProgressOptions;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.apps.RunSummary;
import dev.sluice.samples.apps.UsageCheck;
import dev.sluice.samples.sitecheck.SiteChecker.Answer;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what sites answer. */
@Command(
    name = "sitecheck",
    description = {
      "Requests pages, all at once, and shows the status and the first characters of each.",
      "Answers are shown as they come. Each page has an HTTP client of its own, which is closed"
          + " after it."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all sites answered, with any status",
      "  1  some errors",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class SitecheckCommand implements Callable<Integer> {
  /** The start of a URL that has lost a slash: not a host named http. */
  private static final Pattern SCHEME = Pattern.compile("https?:(?!\\d)", Pattern.CASE_INSENSITIVE);

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      converter = Site.class,
      description = "An http or https URL; example.org stands for https://example.org/.")
  private List<URI> sites = List.of();

  @Mixin private final ProgressOptions progressOptions = new ProgressOptions();
  @Mixin private final RequestOptions requests = new RequestOptions(10, "10s");

  @Override
  public Integer call() throws IOException {
    if (sites.isEmpty() && !requests.takesKeysOfJournal()) {
      throw new ParameterException(spec.commandLine(), "URL is missing");
    }
    try (JournalOptions.Open<URI, Answer> journal = requests.journal(JournalCodec.ofUrl())) {
      return check(journal.keys(sites), journal);
    }
  }

  private int check(List<URI> chosen, JournalOptions.Open<URI, Answer> journal) throws IOException {
    HttpOptions http = UsageCheck.read(spec, EnvironmentProxies::http);
    RunSummary summary = new RunSummary(out(), chosen.size(), "site", "checked");
    Policy policy = requests.policy(chosen.size());
    SiteChecker check = new SiteChecker(policy, http, this::watch);
    try (CtrlC ctrlC = CtrlC.watch()) {
      Progress bar = progressOptions.besideLines("sites", chosen.size(), spec);
      try (Progress progress = requests.reported(bar, policy, outcome -> (URI) outcome.key())) {
        summary.follow(
            journal
                .journalled(requests.within(check.pipeline()))
                .runAll(Flowable.fromIterable(chosen)),
            ctrlC,
            progress,
            outcome -> out().println(line(outcome)));
      }
      summary.print(false);
      return summary.exitStatus(ctrlC);
    }
  }

  private static String line(Outcome<URI, Answer> outcome) {
    String answer =
        outcome.fold(
            success -> success.value().status() + " " + success.value().start(),
            absent -> "not found",
            failure -> "error: " + ErrorText.of(failure));
    return outcome.key() + ": " + TerminalText.line(answer).strip();
  }

  private void watch(URI site, String what) {
    if (progressOptions.isVerbose()) {
      out().println(site + ": " + what);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static URI parse(String text) {
    boolean isWhole = text.contains("://") || SCHEME.matcher(text).lookingAt();
    String url = isWhole ? text : "https://" + text;
    return Urls.parse(url).orElseThrow(() -> notASite(text.contains("@") ? url : text));
  }

  /** With a user the whole URL is shown, because its form tells which part is secret. */
  private static IllegalArgumentException notASite(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a site: allowed are http(s) URLs without user");
  }

  static final class Site extends ParsedOption<URI> {
    Site() {
      super(SitecheckCommand::parse);
    }
  }
}
