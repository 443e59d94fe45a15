package dev.sluice.samples.mojifinder;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ListenOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the web server until Ctrl-C. */
@Command(
    name = "web-mojifinder",
    description = {
      "Finds characters by the words of their names: a page at /, JSON at /search?q=cat+face.",
      "The API is described at /docs."
    },
    mixinStandardHelpOptions = true,
    versionProvider = UnicodeVersion.class,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class WebMojifinderCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ListenOptions options = new ListenOptions(8080);

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = IdleTimeout.class,
      description = "Close a connection without requests for this long. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration idleTimeout;

  @Override
  public Integer call() throws IOException {
    CharIndex index = CharIndex.ofUnicode();
    ListenSettings settings = ListenSettings.of(options, idleTimeout);
    try (CtrlC ctrlC = CtrlC.watch();
        WebServer server = WebServer.start(index, settings)) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("Listening on %s%s%n", server.uri(), options.announcementEnd());
      out.flush();
      ctrlC.pressed().ignoreElements().blockingAwait();
    }
    return CtrlC.EXIT_STATUS;
  }
}
