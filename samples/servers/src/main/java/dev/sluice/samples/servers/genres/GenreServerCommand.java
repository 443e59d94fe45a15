package dev.sluice.samples.servers.genres;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the genre server until Ctrl-C. */
@Command(
    name = "genre-server",
    description = {
      "Serves invented music genres, to try clients without a network.",
      "One is at /wp-json/genrenator/v1/genre/, an array of three at …/genre/3."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class GenreServerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final HttpServerOptions options = new HttpServerOptions(8003);

  @Override
  public Integer call() throws IOException {
    try (HttpServer server = GenreServer.start(options.settings())) {
      URI genre = server.uri().resolve("/wp-json/genrenator/v1/genre/");
      return options.serve("genres", genre, server::await, spec.commandLine().getOut());
    }
  }
}
