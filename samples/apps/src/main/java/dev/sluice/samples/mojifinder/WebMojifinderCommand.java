package dev.sluice.samples.mojifinder;

import dev.sluice.samples.CtrlC;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The index behind a web page, until Ctrl-C. */
@Command(
    name = "web-mojifinder",
    description = {
      "Finds characters by the words of their names: a page at /, JSON at /search?q=cat+face.",
      "/docs says more."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class WebMojifinderCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      converter = ServerOptions.Address.class,
      description =
          "Listen on this address of this machine; 0.0.0.0 stands for all of them, and then other"
              + " machines can connect. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private InetAddress host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = ServerOptions.Port.class,
      description = "Listen on this port; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = ServerOptions.Timeout.class,
      description =
          "Close connections on which nothing happens for so long. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration idleTimeout;

  @Override
  public Integer call() throws IOException {
    CharIndex index = CharIndex.ofUnicode();
    WebServer.Settings settings = new WebServer.Settings(host, port, idleTimeout);
    try (CtrlC ctrlC = CtrlC.watch();
        WebServer server = WebServer.start(index, settings)) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("Serving at %s (Ctrl-C to stop)%n", server.uri());
      out.flush();
      ctrlC.pressed().ignoreElements().blockingAwait();
    }
    return CtrlC.EXIT_STATUS;
  }
}
