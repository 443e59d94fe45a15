package dev.sluice.samples.mojifinder;

import dev.sluice.samples.CtrlC;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The index behind a TCP port, until Ctrl-C. */
@Command(
    name = "tcp-mojifinder",
    description = {
      "Finds characters by the words of their names, for telnet and netcat: a query a line.",
      "A control character, such as Ctrl-D and Enter, ends a conversation."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class TcpMojifinderCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ListenOptions options = new ListenOptions(2323);

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = ListenOptions.Timeout.class,
      description =
          "Send away who neither writes nor reads for so long. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration idleTimeout;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CharIndex index = CharIndex.ofUnicode();
    TcpServer.Settings settings =
        new TcpServer.Settings(options.host(), options.port(), idleTimeout);
    try (CtrlC ctrlC = CtrlC.watch();
        AccessLog journal = new AccessLog(out);
        TcpServer server = TcpServer.start(index, journal, settings)) {
      journal.note(
          "Serving on %s port %d (Ctrl-C to stop)"
              .formatted(options.host().getHostAddress(), server.port()));
      ctrlC.pressed().ignoreElements().blockingAwait();
    }
    return CtrlC.EXIT_STATUS;
  }
}
