package dev.sluice.samples.servers.http;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.LocalAddress;
import dev.sluice.samples.ParsedOption;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import picocli.CommandLine.Option;

/** The options of a command that serves, and what it does until Ctrl-C. */
public final class HttpServerOptions {
  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Listen on this port; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--delay",
      paramLabel = "MIN..MAX",
      converter = Delay.class,
      description = {
        "Hold back each answer for a while between MIN and MAX, such as 0.5..5 (seconds) or"
            + " 500ms..5s. One duration alone is the same for all. Default: no delay."
      })
  private DelayRange delay = DelayRange.NONE;

  @Option(
      names = "--error-rate",
      paramLabel = "P",
      converter = ErrorRate.class,
      description =
          "Answer with 418 I'm a teapot with this probability, from 0 to 1, after the delay."
              + " Default: no errors.")
  private double errorRate;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      converter = Address.class,
      description =
          "Listen on this address of this machine; 0.0.0.0 stands for all of them, and then other"
              + " machines can connect. Default: loopback only.")
  private InetAddress address = InetAddress.getLoopbackAddress();

  /** With this port unless another is asked for. */
  public HttpServerOptions(int port) {
    this.port = port;
  }

  public HttpServerSettings settings() {
    return HttpServerSettings.onLoopback()
        .withAddress(address)
        .withPort(port)
        .withDelay(delay)
        .withErrorRate(errorRate);
  }

  /** Says what is served where, waits until the command is told to end, and has its status. */
  public int serve(String what, URI where, Served server, PrintWriter out) {
    String scope = address.isAnyLocalAddress() ? ", and to other machines" : "";
    out.printf("Serving %s at %s%s (Ctrl-C to stop)%n", what, where, scope);
    out.flush();
    try {
      server.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CtrlC.EXIT_STATUS;
    }
  }

  /** What is served until it ends. */
  @FunctionalInterface
  public interface Served {
    void await() throws InterruptedException;
  }

  /** A number that is checked by the settings that it goes into. */
  private static int parsePort(String text) {
    try {
      return HttpServerSettings.onLoopback().withPort(Integer.parseInt(text)).port();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a port: allowed are 0 (any that is free) to 65535".formatted(text));
    }
  }

  private static double parseErrorRate(String text) {
    try {
      return HttpServerSettings.onLoopback().withErrorRate(Double.parseDouble(text)).errorRate();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not an error rate: allowed are 0 (none) to 1 (every request)".formatted(text));
    }
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(HttpServerOptions::parsePort);
    }
  }

  static final class Delay extends ParsedOption<DelayRange> {
    Delay() {
      super(DelayRange::parse);
    }
  }

  static final class ErrorRate extends ParsedOption<Double> {
    ErrorRate() {
      super(HttpServerOptions::parseErrorRate);
    }
  }

  static final class Address extends ParsedOption<InetAddress> {
    Address() {
      super(text -> LocalAddress.parse(text, "0.0.0.0"));
    }
  }
}
