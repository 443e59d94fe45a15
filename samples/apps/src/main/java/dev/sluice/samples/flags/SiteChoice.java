package dev.sluice.samples.flags;

import dev.sluice.flags.CountryCode;
import dev.sluice.samples.Urls;
import dev.sluice.samples.servers.flags.FlagFiles;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The site of the flags: a label or a URL. */
sealed interface SiteChoice {
  /** The site REMOTE of the examples of Fluent Python. */
  URI REMOTE = URI.create("https://www.fluentpython.com/data/flags");

  /** The label in the output. */
  String label();

  /** The codes that the site is known to have. */
  List<CountryCode> codes();

  /** Starts the embedded server, if it is one. */
  Open open() throws IOException;

  /** A site, and the embedded server that is closed after it. */
  record Open(URI base, Optional<FlagServer> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(FlagServer::close);
    }
  }

  /**
   * Reads a label or a URL.
   *
   * @throws IllegalArgumentException if it is neither; the message says what is allowed
   */
  static SiteChoice parse(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "LOCAL" -> new Embedded("LOCAL", HttpServerSettings.onLoopback());
      case "DELAY" -> new Embedded("DELAY", slow());
      case "ERROR" -> new Embedded("ERROR", slow().withErrorRate(0.25));
      case "REMOTE" -> new Elsewhere("REMOTE", REMOTE);
      default -> new Elsewhere("CUSTOM", Urls.parseBase(text).orElseThrow(() -> notASite(text)));
    };
  }

  private static HttpServerSettings slow() {
    return HttpServerSettings.onLoopback().withDelay(DelayRange.parse("0.5..5"));
  }

  private static IllegalArgumentException notASite(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a site: allowed are LOCAL, DELAY, ERROR, REMOTE and http(s) URLs without"
            + " user, query and fragment");
  }

  /** A server of the samples, started for the run on a free port. */
  record Embedded(String label, HttpServerSettings settings) implements SiteChoice {
    @Override
    public List<CountryCode> codes() {
      return FlagFiles.codes().stream().map(CountryCode::of).toList();
    }

    @Override
    public Open open() throws IOException {
      FlagServer server = FlagServer.start(settings);
      return new Open(server.uri(), Optional.of(server));
    }
  }

  /** A server that is running already. */
  record Elsewhere(String label, URI base) implements SiteChoice {
    @Override
    public List<CountryCode> codes() {
      return CountryCode.classic();
    }

    @Override
    public Open open() {
      return new Open(base, Optional.empty());
    }
  }
}
