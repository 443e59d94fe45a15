package dev.sluice.samples.flagserver;

import dev.sluice.samples.ParsedOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flag server on its own, until Ctrl-C. */
@Command(
    name = "flag-server",
    description = {
      "Serves the flag of every country, to try clients without a network.",
      "A flag is at /flags/br/br.gif, its country's name at /flags/br/metadata.json."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class FlagServerCommand implements Callable<Integer> {
  /** What a shell calls a command that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private FlagServer.Settings settings = FlagServer.Settings.onLoopback();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8001",
      converter = Port.class,
      description = "Listen on this port; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  void port(int port) {
    settings = settings.withPort(port);
  }

  @Option(
      names = "--delay",
      paramLabel = "MIN..MAX",
      defaultValue = "0",
      converter = Delay.class,
      description = {
        "Hold back each answer for a while between MIN and MAX, such as 0.5..5 (seconds) or"
            + " 500ms..5s. One duration alone is the same for all. Default: no delay."
      })
  void delay(DelayRange delay) {
    settings = settings.withDelay(delay);
  }

  @Option(
      names = "--error-rate",
      paramLabel = "P",
      defaultValue = "0",
      converter = ErrorRate.class,
      description =
          "Answer with 418 I'm a teapot with this probability, from 0 to 1, after the delay."
              + " Default: no errors.")
  void errorRate(double errorRate) {
    settings = settings.withErrorRate(errorRate);
  }

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      converter = Address.class,
      description =
          "Listen on this address of this machine; 0.0.0.0 stands for all of them, and then other"
              + " machines can connect. Default: loopback only.")
  void address(InetAddress address) {
    settings = settings.withAddress(address);
  }

  @Override
  public Integer call() throws IOException {
    try (FlagServer server = FlagServer.start(settings)) {
      announce(server);
      server.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  private void announce(FlagServer server) {
    String scope = settings.address().isAnyLocalAddress() ? ", and to other machines" : "";
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Serving %d flags at %s%s (Ctrl-C to stop)%n", server.flags(), server.uri(), scope);
    out.flush();
  }

  /** A number that is checked by the settings that it goes into. */
  private static int parsePort(String text) {
    try {
      return FlagServer.Settings.onLoopback().withPort(Integer.parseInt(text)).port();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a port: allowed are 0 (any that is free) to 65535".formatted(text));
    }
  }

  private static double parseErrorRate(String text) {
    try {
      return FlagServer.Settings.onLoopback().withErrorRate(Double.parseDouble(text)).errorRate();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not an error rate: allowed are 0 (none) to 1 (every request)".formatted(text));
    }
  }

  private static InetAddress parseAddress(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'%s' is not an address: allowed are those of this machine, such as 127.0.0.1 or 0.0.0.0"
              .formatted(text));
    }
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(FlagServerCommand::parsePort);
    }
  }

  static final class Delay extends ParsedOption<DelayRange> {
    Delay() {
      super(DelayRange::parse);
    }
  }

  static final class ErrorRate extends ParsedOption<Double> {
    ErrorRate() {
      super(FlagServerCommand::parseErrorRate);
    }
  }

  static final class Address extends ParsedOption<InetAddress> {
    Address() {
      super(FlagServerCommand::parseAddress);
    }
  }
}
