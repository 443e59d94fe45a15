package dev.sluice.samples.domains;

import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.RecordSource;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.SystemResolver;
import dev.sluice.dns.UdpResolver;
import dev.sluice.samples.servers.dns.BlogNames;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options {@code --resolver} and {@code --embedded} of all commands that use DNS. */
public final class ResolverOptions {
  @Option(
      names = {"-r", "--resolver"},
      paramLabel = "ADDR[:PORT]",
      description =
          "Ask this name server. Several, with commas between them, share the work. Default: the"
              + " name servers of this machine.")
  private List<String> resolvers = List.of();

  @Option(
      names = "--embedded",
      description =
          "Ask a name server of its own, which knows a few names under .dev. Needs no network.")
  private boolean embedded;

  /** A resolver, and what is closed after it. */
  public record Open(Resolver resolver, List<AutoCloseable> things) implements AutoCloseable {
    /** The same as a source of records; not for the resolver of the operating system. */
    RecordSource records() {
      if (resolver instanceof RecordSource records) {
        return records;
      }
      throw new IllegalStateException("the operating system has addresses only");
    }

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

  /** The resolver of the operating system, unless an option names another. */
  Open orTheSystem() throws IOException {
    return embedded || !resolvers.isEmpty()
        ? overUdp(DnsOptions.standard())
        : new Open(SystemResolver.standard(), List.of());
  }

  /** A resolver over UDP with these options; {@code -r} replaces their servers. */
  Open overUdp(DnsOptions options) throws IOException {
    if (embedded) {
      DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(BlogNames.zones()));
      UdpResolver resolver = UdpResolver.of(options.withServers(List.of(server.address())));
      return new Open(resolver, List.of(resolver, server));
    }
    UdpResolver resolver =
        UdpResolver.of(resolvers.isEmpty() ? options : options.withServers(servers()));
    return new Open(resolver, List.of(resolver));
  }

  /**
   * Checks the addresses and that the options go together.
   *
   * @throws IllegalArgumentException if not; the message says what is allowed
   */
  void check() {
    int servers = servers().size();
    if (embedded && servers > 0) {
      throw new IllegalArgumentException("--embedded and --resolver: allowed is one of them");
    }
    if (servers > DnsOptions.MAX_SERVERS) {
      throw new IllegalArgumentException(
          servers + " resolvers: allowed are " + DnsOptions.MAX_SERVERS);
    }
  }

  private List<InetSocketAddress> servers() {
    // With -1, so that "," is two empty addresses, which are refused, and not no address at all.
    return resolvers.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(ResolverAddress::parse)
        .toList();
  }
}
