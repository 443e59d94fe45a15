package dev.sluice.samples.zone;

import dev.sluice.TerminalText;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.TextFile;
import dev.sluice.samples.apps.UsageCheck;
import dev.sluice.zonefile.ZoneFilter;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the filter of a zone file. */
@Command(
    name = "zone",
    description = {
      "Makes a filter of a registry's zone file, of little more than a byte for each name.",
      "With it, --zone of other commands leaves out the names that are in the zone, before a server"
          + " is asked."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class ZoneCommand implements Callable<Integer> {
  private static final double NANOS_IN_SECOND = 1e9;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      converter = ZoneFileArgument.class,
      description =
          "The zone file, as registries give it to subscribers (RFC 1035, with the SOA record"
              + " first); may be compressed by gzip.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILTER",
      required = true,
      converter = FilterArgument.class,
      description = "The file of the filter. It is replaced when the new filter is whole.")
  @SuppressWarnings("NullAway.Init")
  private Path output;

  @Override
  public Integer call() throws IOException {
    UsageCheck.check(spec, () -> TextFile.checkOutput(file, output));
    long start = System.nanoTime();
    try (CtrlC ctrlC = CtrlC.watch()) {
      Thread here = Thread.currentThread();
      Disposable interrupt = ctrlC.pressed().doOnComplete(here::interrupt).subscribe();
      try {
        print(ZoneFilter.write(file, output), start);
        return 0;
      } catch (IOException e) {
        // The interrupt has ended the run, which has removed its temp files.
        if (ctrlC.wasPressed()) {
          return CtrlC.EXIT_STATUS;
        }
        throw e;
      } finally {
        interrupt.dispose();
      }
    }
  }

  private void print(ZoneFilter filter, long start) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %,d %s of %s, %.2f bytes each, in %s: %.1f s",
                filter.zone().isEmpty() ? "." : filter.zone(),
                filter.names(),
                Numbers.noun(filter.names(), "name"),
                filter.asOf().atOffset(ZoneOffset.UTC).toLocalDate(),
                (double) filter.bytes() / Math.max(1, filter.names()),
                TerminalText.escaped(output.toString()),
                (System.nanoTime() - start) / NANOS_IN_SECOND));
  }

  private static Path filter(String text) {
    Path path = Path.of(text);
    // The filter would replace a device such as /dev/null.
    if (text.isEmpty() || (Files.exists(path) && !Files.isRegularFile(path))) {
      throw new IllegalArgumentException("'" + text + "': allowed is the path of a file");
    }
    return path;
  }

  static final class ZoneFileArgument extends ParsedOption<Path> {
    ZoneFileArgument() {
      super(text -> TextFile.readable(Path.of(text)));
    }
  }

  static final class FilterArgument extends ParsedOption<Path> {
    FilterArgument() {
      super(ZoneCommand::filter);
    }
  }
}
