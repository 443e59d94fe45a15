package dev.sluice.samples.domains;

import dev.sluice.Limiter;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Terminal;
import dev.sluice.samples.apps.JournalOptions;
import dev.sluice.samples.apps.LaneOptions;
import dev.sluice.samples.apps.Progress;
import dev.sluice.samples.apps.UsageCheck;
import dev.sluice.samples.zone.ZoneOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Probes domain names, millions of them if need be. */
@Command(
    name = "probe",
    description = {
      "Finds out which domain names exist, or are registered, however many there are.",
      "Results go to standard output as they come, progress to standard error.",
      "For --per-host, --rate and --adaptive a host is, with --rdap, the registry of a top-level"
          + " domain. By DNS there are no hosts: --rate is for all names together, and the other"
          + " two are refused."
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
public final class ProbeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final NameOptions names = new NameOptions();
  @Mixin private final DnsProbeOptions nameServers = new DnsProbeOptions();
  @Mixin private final RdapProbeOptions registries = new RdapProbeOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();
  @Mixin private final LaneOptions lanes = new LaneOptions();
  @Mixin private final JournalOptions journals = new JournalOptions();
  @Mixin private final ZoneOptions zones = new ZoneOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = ProbeConverters.FormatOption.class,
      description = "text, csv or ndjson. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private OutputFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the results to this one file instead of standard output.")
  private @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    UsageCheck.check(spec, this::check);
    Limiter limiter = UsageCheck.value(spec, this::limiter);
    ZoneOptions.Screen screen = zones.open();
    NameSource source = names.source().through(screen::screened);
    try (CtrlC ctrlC = CtrlC.watch();
        NameLookup<?> probes =
            registries.isWanted()
                ? registries.open(limits, lanes, limiter)
                : nameServers.open(limits, limiter)) {
      return run(source, screen, probes, ctrlC);
    }
  }

  private <T> int run(
      NameSource source, ZoneOptions.Screen screen, NameLookup<T> probes, CtrlC ctrlC)
      throws IOException {
    ProbeStatistics statistics =
        new ProbeStatistics(System::nanoTime, source::share, probes.evidence().verdicts());
    ProgressLine progressLine = ProgressLine.on(spec.commandLine().getErr(), isWatched());
    try (JournalOptions.Open<String, T> journal =
            journals.open(spec, probes.journalCodec(), lanes.report());
        Progress report = report(probes)) {
      try (ResultWriter<T> results = results(probes.evidence())) {
        new ProbeRun<>(
                source,
                probes,
                journal,
                lanes.deadline(),
                results,
                statistics,
                progressLine,
                report)
            .run(ctrlC);
      }
      progressLine.end(
          statistics.summary() + screen.summary() + (ctrlC.wasPressed() ? ", interrupted" : ""));
    }
    if (lanes.report().isGiven()) {
      probes.report(spec.commandLine().getErr());
    }
    return ctrlC.wasPressed()
        ? CtrlC.EXIT_STATUS
        : statistics.of(ProbeVerdict.UNKNOWN) == 0 ? 0 : 1;
  }

  private void check() {
    nameServers.check(spec.commandLine().getParseResult());
    registries.check(spec.commandLine().getParseResult(), limits);
    names.check(journals.isRetryable());
    zones.check();
    if (output != null) {
      names.checkOutput(output);
    }
  }

  private <T> ResultWriter<T> results(ResultFields<T> evidence) throws IOException {
    return output == null
        ? ResultWriter.to(spec.commandLine().getOut(), format, evidence)
        : ResultWriter.to(output, format, evidence);
  }

  private Limiter limiter() {
    return registries.isWanted()
        ? registries.limiter(limits, lanes)
        : nameServers.limiter(limits, lanes);
  }

  private Progress report(NameLookup<?> probes) {
    return lanes.reported(
        isWatched() ? Progress.ELSEWHERE : Progress.NONE,
        probes.limiter(),
        outcome -> probes.lane(outcome.key().toString()),
        spec.commandLine().getErr());
  }

  /** Results on the same terminal show the progress already, and would overwrite the line. */
  private boolean isWatched() {
    return Terminal.isWatching() && (output != null || !Terminal.isShown());
  }
}
