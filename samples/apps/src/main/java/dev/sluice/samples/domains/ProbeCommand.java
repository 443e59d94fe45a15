package dev.sluice.samples.domains;

import dev.sluice.Policy;
import dev.sluice.Window;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.RecordType;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.Wildcards;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Probes names by the million. */
@Command(
    name = "probe",
    description = {
      "Finds out which names of domains exist, however many there are.",
      "Results go to standard output as they come, progress to standard error."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all found or not found",
      "  1  some unknown",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C"
    })
public final class ProbeCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Names, or - for a name a line on standard input.")
  private List<String> names = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A name a line; empty lines and those that start with # do not count.")
  private @Nullable Path file;

  @Mixin private final Asking asking = new Asking();

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      defaultValue = "1000",
      converter = ProbeOptions.Concurrency.class,
      description = "At most this many names at once, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = ProbeOptions.Time.class,
      description = "Wait this long for an answer to one try. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "3",
      converter = ProbeOptions.Tries.class,
      description = "How often to ask before a name is unknown. Default: ${DEFAULT-VALUE}.")
  private int tries;

  @Option(
      names = {"-t", "--types"},
      paramLabel = "TYPES",
      defaultValue = "A,AAAA",
      converter = ProbeOptions.Types.class,
      description =
          "A, AAAA or both: what to ask for, one after the other until there is an address."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private List<RecordType> types;

  @Option(
      names = "--wildcards",
      description =
          "Tell names of their own from those that their zone would answer for anyway. Asks one"
              + " question more for each parent.")
  private boolean wildcards;

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
    Source source = source();
    Meter meter = new Meter(System::nanoTime, source::share);
    try (CtrlC ctrlC = CtrlC.watch()) {
      Screen screen = screen();
      try (Asking.Open open = asking.overUdp(options());
          Results results = results()) {
        new BulkRun(source, results, meter, screen).run(domains(open.resolver()), ctrlC);
      }
      screen.end(meter.summary() + (ctrlC.wasPressed() ? ", interrupted" : ""));
      return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : meter.of(Verdict.UNKNOWN) == 0 ? 0 : 1;
    }
  }

  private Domains domains(Resolver resolver) {
    // The resolver has clocks and tries of its own, and nothing waits but in it.
    Policy policy =
        Policy.limit(concurrency)
            .withAttemptTimeout(Policy.FOREVER)
            .withWindow(Window.of(concurrency));
    return Domains.of(wildcards ? Wildcards.checking(resolver) : resolver, policy);
  }

  private void check() {
    try {
      asking.check();
      if (file != null ? !names.isEmpty() : names.isEmpty()) {
        throw new IllegalArgumentException(
            "allowed are names, or -f FILE, or - for standard input");
      }
      if (file != null && !isStandardInput() && !Files.isReadable(file)) {
        throw new IllegalArgumentException("'" + file + "' is not a file that can be read");
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private boolean isStandardInput() {
    return names.equals(List.of(STANDARD_INPUT)) || Path.of(STANDARD_INPUT).equals(file);
  }

  private Source source() throws IOException {
    if (isStandardInput()) {
      return Source.ofStandardInput(System.in);
    }
    return file == null ? Source.ofList(names) : Source.ofFile(file);
  }

  private DnsOptions options() {
    return DnsOptions.standard().withTimeout(timeout).withTries(tries).withTypes(types);
  }

  private Results results() throws IOException {
    return output == null
        ? Results.to(spec.commandLine().getOut(), format)
        : Results.to(output, format);
  }

  private Screen screen() {
    PrintWriter err = spec.commandLine().getErr();
    return Terminal.isWatching()
        ? Screen.terminal(err, System::nanoTime)
        : Screen.file(err, System::nanoTime);
  }
}
