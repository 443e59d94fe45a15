package dev.sluice.samples.domains;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Probes names by the million. */
@Command(
    name = "probe",
    description = {
      "Finds out which names of domains exist, or are registered, however many there are.",
      "Results go to standard output as they come, progress to standard error."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  nothing unknown",
      "  1  some unknown",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class ProbeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final Names names = new Names();
  @Mixin private final DnsAsking nameServers = new DnsAsking();
  @Mixin private final RdapAsking registries = new RdapAsking();
  @Mixin private final Pace pace = new Pace();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = ProbeOptions.FormatOption.class,
      description = "text, csv or ndjson. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the results to this file.")
  private @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    check();
    Source source = names.source();
    try (CtrlC ctrlC = CtrlC.watch();
        Probes<?> probes = registries.isWanted() ? registries.open(pace) : nameServers.open(pace)) {
      return run(source, probes, ctrlC);
    }
  }

  private <T> int run(Source source, Probes<T> probes, CtrlC ctrlC) throws IOException {
    Meter meter = new Meter(System::nanoTime, source::share, probes.evidence().verdicts());
    Screen screen = screen();
    try (Results<T> results = results(probes.evidence())) {
      new BulkRun<>(source, probes, results, meter, screen).run(ctrlC);
    }
    screen.end(meter.summary() + (ctrlC.wasPressed() ? ", interrupted" : ""));
    return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : meter.of(Verdict.UNKNOWN) == 0 ? 0 : 1;
  }

  private void check() {
    try {
      nameServers.check();
      registries.check(spec.commandLine().getParseResult(), pace);
      names.check();
      if (output != null) {
        names.checkOutput(output);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private <T> Results<T> results(Evidence<T> evidence) throws IOException {
    return output == null
        ? Results.to(spec.commandLine().getOut(), format, evidence)
        : Results.to(output, format, evidence);
  }

  private Screen screen() {
    // Results on the same terminal show how far it is, and would end up behind the progress.
    boolean watched = Terminal.isWatching() && (output != null || !Terminal.isShown());
    return Screen.on(spec.commandLine().getErr(), watched);
  }
}
