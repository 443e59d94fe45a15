package dev.sluice.samples.check;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.domains.Evidence.Source;
import dev.sluice.domains.Examined;
import dev.sluice.domains.Examiner;
import dev.sluice.domains.Verdict;
import dev.sluice.http.HttpClient;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.LaneOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.UsageCheck;
import dev.sluice.samples.check.CheckFormat.Result;
import dev.sluice.samples.zone.ZoneOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Examines names, and shows the verdict on each with the reason. */
@Command(
    name = "check",
    description = {
      "Says of each name whether it is registered, registered but not delegated, reserved, in"
          + " redemption, about to be deleted, likely free or unknown, and why.",
      "A name is likely free only if the parent zone's servers say NXDOMAIN and its own registry"
          + " says 404. A host is the server of a registry, which is asked once a second unless"
          + " --rates or --rate says otherwise, by 4 requests at once unless --per-host says"
          + " otherwise.",
      "Names in other scripts are converted by IDNA 2003; write those with ß, ς or joiners as"
          + " xn--…."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  every name has a verdict",
      "  1  some names are unknown or refused",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class CheckCommand implements Callable<Integer> {
  private static final int AHEAD = 16;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final CandidateOptions candidates = new CandidateOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final LaneOptions lanes = new LaneOptions();
  @Mixin private final JournalOptions journals = new JournalOptions();
  @Mixin private final ZoneOptions zones = new ZoneOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = FormatOption.class,
      description = "text, csv, ndjson or markdown. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private CheckFormat format;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what each source said, and when; csv and ndjson always do.")
  private boolean verbose;

  private final Map<String, Integer> counts = new TreeMap<>();
  private int done;

  @Override
  public Integer call() throws IOException {
    UsageCheck.check(spec, zones::check);
    ZoneOptions.Screen screen = zones.open();
    Flowable<String> names =
        UsageCheck.read(spec, () -> candidates.candidates(journals.isRetryable()));
    try (CtrlC ctrlC = CtrlC.watch();
        SourceOptions.Open open = UsageCheck.read(spec, () -> sources.open(lanes));
        JournalOptions.Open<String, Examined> journal =
            journals.open(spec, Examiner.journalCodec(), lanes.report());
        Progress report = report(open)) {
      run(journal.keys(screen.screened(names)), open, journal, report, ctrlC);
      PrintWriter err = spec.commandLine().getErr();
      err.println(summary() + screen.summary() + (ctrlC.wasPressed() ? "; interrupted" : ""));
      err.flush();
      return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : isComplete() ? 0 : 1;
    }
  }

  private void run(
      Flowable<String> names,
      SourceOptions.Open open,
      JournalOptions.Open<String, Examined> journal,
      Progress report,
      CtrlC ctrlC)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.header());
    Blocking.end(
        journal
            .journalled(open.examiner().examinations().within(lanes.deadline()))
            .runAll(names)
            .observeOn(IoSchedulers.shared().disk(), false, AHEAD)
            .doOnNext(report::show)
            .takeWhile(outcome -> print(outcome, out))
            .takeUntil(ctrlC.pressed())
            .ignoreElements());
  }

  /** False if the reader of the output has closed the pipe. */
  private boolean print(Outcome<String, Examined> outcome, PrintWriter out) {
    StringBuilder text = new StringBuilder();
    format.append(text, Result.of(outcome), verbose);
    done++;
    counts.merge(
        outcome instanceof Success<String, Examined> success
            ? success.value().verdict().words()
            : Result.REFUSED,
        1,
        Integer::sum);
    out.append(text);
    return !out.checkError();
  }

  private String summary() {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining("; ", done + " checked: ", ""));
  }

  private boolean isComplete() {
    return !counts.containsKey(Verdict.UNKNOWN.words()) && !counts.containsKey(Result.REFUSED);
  }

  private Progress report(SourceOptions.Open open) {
    return lanes.reported(
        Progress.NONE, open.registries(), CheckCommand::lane, spec.commandLine().getErr());
  }

  /** The server of the registry that was asked; null if none was. */
  private static @Nullable Object lane(Outcome<?, ?> outcome) {
    return outcome instanceof Success<?, ?> success && success.value() instanceof Examined examined
        ? examined.evidence().stream()
            .filter(each -> each.source() == Source.REGISTRY)
            .filter(each -> each.question().startsWith("http"))
            .map(each -> HttpClient.lane(URI.create(each.question())))
            .findFirst()
            .orElse(null)
        : null;
  }

  static final class FormatOption extends ParsedOption<CheckFormat> {
    FormatOption() {
      super(CheckFormat::parse);
    }
  }
}
