package dev.sluice.samples.servers.http;

import dev.sluice.samples.ListenOptions;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that the flag server and the genre server share. */
public final class HttpServerOptions {
  @Mixin private final ListenOptions listen;

  @Option(
      names = "--delay",
      paramLabel = "MIN..MAX",
      converter = DelayRange.Converter.class,
      description =
          "Delay each answer by a time between MIN and MAX, such as 0.5..5 (seconds) or 500ms..5s."
              + " A single duration delays all answers alike. Default: no delay.")
  private DelayRange delay = DelayRange.NONE;

  @Option(
      names = "--error-rate",
      paramLabel = "P",
      converter = ErrorRate.class,
      description =
          "Answer with 418 I'm a teapot with this probability, from 0 to 1, after the delay."
              + " Default: no errors.")
  private double errorRate;

  /** Options with this default port. */
  public HttpServerOptions(int port) {
    listen = new ListenOptions(port);
  }

  public HttpServerSettings settings() {
    return HttpServerSettings.onLoopback()
        .withAddress(listen.address())
        .withPort(listen.port())
        .withDelay(delay)
        .withErrorRate(errorRate);
  }

  /**
   * Prints what is served at which URI, and blocks until the server is closed or the thread is
   * interrupted.
   *
   * @return the exit status of the command
   */
  public int serve(String what, URI uri, ListenOptions.Served server, PrintWriter out) {
    return listen.serve("Serving %s at %s".formatted(what, uri), server, out);
  }

  private static double parseErrorRate(String text) {
    return Numbers.parseProbability(text, "an error rate", "0 (none) to 1 (every request)");
  }

  static final class ErrorRate extends ParsedOption<Double> {
    ErrorRate() {
      super(HttpServerOptions::parseErrorRate);
    }
  }
}
