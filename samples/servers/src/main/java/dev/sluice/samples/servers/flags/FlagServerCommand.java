package dev.sluice.samples.servers.flags;

import dev.sluice.samples.Numbers;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpFaultOptions;
import dev.sluice.samples.servers.http.HttpServerOptions;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the flag server until Ctrl-C. */
@Command(
    name = "flag-server",
    description = {
      "Serves the flag of every country, to try clients without a network.",
      "A flag is at /flags/br/br.gif, the name of its country at /flags/br/metadata.json, a list"
          + " of all at /flags/, and what the server has counted at /stats, as JSON."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class FlagServerCommand implements Callable<Integer> {
  private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private static final Set<String> WITH_LABELS = Set.of("--labels", "--verbose");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final HttpServerOptions options = new HttpServerOptions(8001);
  @Mixin private final HttpFaultOptions faults = new HttpFaultOptions();

  @Option(
      names = {"-v", "--verbose"},
      description = "Print a line for each request, with the delay of its answer.")
  private boolean verbose;

  @Option(
      names = "--labels",
      description =
          "Serve LOCAL (no delay) at port 8000, DELAY (0.5 s to 5 s) at 8001 and ERROR (the same,"
              + " and a quarter of the answers are errors) at 8002, instead of one server.")
  private boolean labels;

  @Override
  public Integer call() throws IOException {
    List<FlagServer> servers = new ArrayList<>();
    try {
      if (labels) {
        refuseOtherOptions();
        return serveLabels(servers);
      }
      return serve("", start(faults.applyTo(options.settings()), servers));
    } finally {
      servers.forEach(FlagServer::close);
    }
  }

  /** Options that set what {@code --labels} sets already. */
  private void refuseOtherOptions() {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!WITH_LABELS.contains(option.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            "--labels and " + option.longestName() + ": allowed is one of them");
      }
    }
  }

  private int serveLabels(List<FlagServer> servers) throws IOException {
    HttpServerSettings local = HttpServerSettings.onLoopback();
    HttpServerSettings slow = local.withDelay(DelayRange.parse("0.5..5"));
    try {
      announce("LOCAL", start(local.withPort(8000), servers));
      announce("DELAY", start(slow.withPort(8001), servers));
      return serve("ERROR", start(slow.withPort(8002).withErrorRate(0.25), servers));
    } catch (IOException e) {
      throw new IOException(
          e.getMessage()
              + ": --labels needs the ports 8000, 8001 and 8002, so stop the program that listens"
              + " there",
          e);
    }
  }

  /** A server on 127.0.0.1 listens on ::1, too, since localhost may mean either. */
  private FlagServer start(HttpServerSettings settings, List<FlagServer> servers)
      throws IOException {
    FlagServer server = FlagServer.start(settings, this::log);
    servers.add(server);
    if (settings.address().equals(InetAddress.getByAddress(IPV4_LOOPBACK))) {
      HttpServerSettings other =
          settings
              .withAddress(InetAddress.getByAddress(IPV6_LOOPBACK))
              .withPort(server.uri().getPort());
      try {
        servers.add(FlagServer.start(other, this::log));
      } catch (IOException e) {
        log(() -> "not on [::1]: " + e.getMessage());
      }
    }
    return server;
  }

  private void announce(String label, FlagServer server) {
    out()
        .println(
            "Serving "
                + Numbers.counted(server.flags(), "flag")
                + " at "
                + server.uri()
                + " as "
                + label);
  }

  private int serve(String label, FlagServer server) {
    String what = Numbers.counted(server.flags(), "flag") + (label.isEmpty() ? "" : " as " + label);
    return options.serve(what, server.uri(), server::await, out());
  }

  private void log(Supplier<String> line) {
    if (verbose) {
      out().println(line.get());
      out().flush();
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
