package dev.sluice.samples.servers.races;

import dev.sluice.samples.ListenOptions;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the race server until Ctrl-C. */
@Command(
    name = "race-server",
    description = {
      "Plays the eleven scenarios of EasyRacer, at /1 to /11, with clients such as 'easyracer'.",
      "The open requests of each race are listed at /."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class RaceServerCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ListenOptions listen = new ListenOptions(8004);

  @Option(
      names = "--crowd",
      paramLabel = "N",
      converter = Crowd.class,
      description = "How many requests race 3 waits for. Default: ${DEFAULT-VALUE}.")
  private int crowd = RaceRules.standard().crowd();

  @Override
  public Integer call() throws IOException {
    HttpServerSettings settings =
        HttpServerSettings.onLoopback().withAddress(listen.address()).withPort(listen.port());
    RaceRules rules = RaceRules.standard().withCrowd(crowd);
    try (HttpServer server = RaceServer.start(settings, rules)) {
      return listen.serve(
          "Serving races at " + server.uri(), server::await, spec.commandLine().getOut());
    }
  }

  static final class Crowd extends ParsedOption<Integer> {
    Crowd() {
      super(text -> Numbers.parse(text, 1, 100_000));
    }
  }
}
