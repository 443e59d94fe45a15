package dev.sluice.samples.mojifinder;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ListenOptions;
import dev.sluice.samples.LocalAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the TCP server until Ctrl-C. */
@Command(
    name = "tcp-mojifinder",
    description = {
      "Finds characters by the words of their names, over TCP: each line is a query.",
      "Connect with telnet or netcat. A control character, such as Ctrl-D and Enter, ends a session."
    },
    mixinStandardHelpOptions = true,
    versionProvider = UnicodeVersion.class,
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
      converter = IdleTimeout.class,
      description = "Close a connection without traffic for this long. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration idleTimeout;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CharIndex index = CharIndex.ofUnicode();
    ListenSettings settings = ListenSettings.of(options, idleTimeout);
    try (CtrlC ctrlC = CtrlC.watch();
        AccessLog log = new AccessLog(out);
        TcpServer server = TcpServer.start(index, log, settings)) {
      log.add(
          "Listening on "
              + LocalAddress.hostAndPort(settings.address(), server.port())
              + options.announcementEnd());
      ctrlC.pressed().ignoreElements().blockingAwait();
    }
    return CtrlC.EXIT_STATUS;
  }
}
