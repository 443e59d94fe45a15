package dev.sluice.samples.domains;

import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.SystemResolver;
import dev.sluice.dns.UdpResolver;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.servers.dns.BlogNames;
import dev.sluice.samples.servers.dns.DnsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine.Option;

/** Who is asked: the options that all these commands share. */
public final class ResolverOptions {
  @Option(
      names = {"-r", "--resolver"},
      paramLabel = "ADDR[:PORT]",
      split = ",",
      converter = Server.class,
      description =
          "Ask this name server; several share the work. Default: what this machine asks.")
  private List<InetSocketAddress> servers = List.of();

  @Option(
      names = "--embedded",
      description =
          "Ask a name server of its own, which knows a few names under .dev: needs no network.")
  private boolean embedded;

  /** A resolver, and what has to be closed behind it. */
  public record Open(Resolver resolver, List<AutoCloseable> things) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      for (AutoCloseable thing : things) {
        closeOne(thing);
      }
    }

    private static void closeOne(AutoCloseable thing) throws IOException {
      try {
        thing.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** The operating system, unless somebody is named. */
  Open orTheSystem() throws IOException {
    return embedded || !servers.isEmpty()
        ? overUdp(DnsOptions.standard())
        : new Open(SystemResolver.standard(), List.of());
  }

  /** Over UDP; the servers are those of the options, unless somebody is named. */
  Open overUdp(DnsOptions options) throws IOException {
    if (embedded) {
      DnsServer server = DnsServer.start(DnsServer.Settings.onLoopback(BlogNames.zones()));
      UdpResolver resolver = UdpResolver.of(options.withServers(List.of(server.address())));
      return new Open(resolver, List.of(resolver, server));
    }
    UdpResolver resolver =
        UdpResolver.of(servers.isEmpty() ? options : options.withServers(servers));
    return new Open(resolver, List.of(resolver));
  }

  /** What makes no sense together, or nothing. */
  void check() {
    if (embedded && !servers.isEmpty()) {
      throw new IllegalArgumentException("--embedded and --resolver: allowed is one of them");
    }
    if (servers.size() > DnsOptions.MAX_SERVERS) {
      throw new IllegalArgumentException(
          servers.size() + " resolvers: allowed are " + DnsOptions.MAX_SERVERS);
    }
  }

  static final class Server extends ParsedOption<InetSocketAddress> {
    Server() {
      super(ResolverAddress::parse);
    }
  }
}
