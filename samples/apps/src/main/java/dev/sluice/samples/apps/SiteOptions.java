package dev.sluice.samples.apps;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.Urls;
import dev.sluice.samples.servers.http.HttpServer;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options {@code --base} and {@code --embedded} of commands that have a site of their own. */
public final class SiteOptions {
  private static final int CONNECT_MILLIS = 2_000;

  @Option(
      names = "--base",
      paramLabel = "URL",
      converter = Base.class,
      description =
          "Ask this site. Default: the real one, or a server of its own if that cannot be"
              + " reached.")
  private @Nullable URI base;

  @Option(names = "--embedded", description = "Ask a server of its own. Needs no network.")
  private boolean embedded;

  /** A site, and the embedded server that is closed after it. */
  public record Open(URI base, Optional<HttpServer> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(HttpServer::close);
    }
  }

  /** Starts the embedded server. */
  @FunctionalInterface
  public interface Embedded {
    HttpServer start() throws IOException;
  }

  /** Chooses the site, starts the embedded server if needed, and prints which site it is. */
  public Open open(URI real, Embedded own, CommandSpec spec) throws IOException {
    if (base != null && embedded) {
      throw new ParameterException(
          spec.commandLine(), "--base and --embedded: allowed is one of them");
    }
    PrintWriter out = spec.commandLine().getOut();
    Open open = embedded || (base == null && !canBeReached(real, out)) ? started(own) : at(real);
    out.println((open.server().isPresent() ? "Embedded site: " : "Site: ") + open.base());
    out.flush();
    return open;
  }

  private Open at(URI real) {
    return new Open(base == null ? real : base, Optional.empty());
  }

  private static Open started(Embedded own) throws IOException {
    HttpServer server = own.start();
    return new Open(server.uri(), Optional.of(server));
  }

  /** On another thread, because looking up the name may take longer than the time limit. */
  private static boolean canBeReached(URI real, PrintWriter out) {
    if (EnvironmentProxies.areUsedFor(real, System.getenv())) {
      return true;
    }
    boolean reached =
        Single.fromCallable(() -> connects(real))
            .subscribeOn(IoSchedulers.shared().network())
            .timeout(CONNECT_MILLIS, MILLISECONDS, Single.just(false))
            .blockingGet();
    if (!reached) {
      out.println(real.getHost() + " cannot be reached.");
    }
    return reached;
  }

  /** Never fails: after the time limit nothing would receive the error. */
  private static boolean connects(URI real) {
    int port = real.getPort() > 0 ? real.getPort() : real.getScheme().equals("https") ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(real.getHost(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static URI parseBase(String text) {
    return Urls.parseBase(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is not a site: allowed are http(s) URLs without user, query and"
                        + " fragment"));
  }

  static final class Base extends ParsedOption<URI> {
    Base() {
      super(SiteOptions::parseBase);
    }
  }
}
