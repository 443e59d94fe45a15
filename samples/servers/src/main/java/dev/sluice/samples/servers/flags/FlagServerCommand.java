package dev.sluice.samples.servers.flags;

import dev.sluice.samples.servers.http.HttpServerOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the flag server until Ctrl-C. */
@Command(
    name = "flag-server",
    description = {
      "Serves the flag of every country, to try clients without a network.",
      "A flag is at /flags/br/br.gif, the name of its country at /flags/br/metadata.json."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class FlagServerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final HttpServerOptions options = new HttpServerOptions(8001);

  @Override
  public Integer call() throws IOException {
    try (FlagServer server = FlagServer.start(options.settings())) {
      return options.serve(
          server.flags() + " flags", server.uri(), server::await, spec.commandLine().getOut());
    }
  }
}
