package dev.sluice.samples.domains;

import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.RecordSource;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.SystemResolver;
import dev.sluice.dns.UdpResolver;
import dev.sluice.samples.TextFile;
import dev.sluice.samples.servers.dns.BlogNames;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options {@code --resolver} and {@code --embedded} of all commands that use DNS. */
public final class ResolverOptions {
  @Option(
      names = {"-r", "--resolver"},
      paramLabel = "ADDR[:PORT]",
      description =
          "Ask this name server. Several, with commas between them, share the work. One can be asked"
              + " over HTTPS (https://HOST/dns-query) or TLS (tls://HOST[:PORT]). Default: the name"
              + " servers of this machine.")
  private List<String> resolvers = List.of();

  @Option(
      names = "--servers",
      paramLabel = "FILE",
      description =
          "Ask the name servers of this file, too, one ADDR[:PORT] a line, thousands if need be."
              + " Empty lines and those that start with # do not count.")
  private @Nullable Path file;

  @Option(
      names = "--trusted",
      paramLabel = "ADDR[:PORT]",
      description =
          "Trust these name servers, and the others only after they have told the truth about two"
              + " names that these know; check a sample of their answers, and drop liars. Default:"
              + " trust all.")
  private List<String> trusted = List.of();

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

    /** Prints how the name servers did; nothing for the resolver of the operating system. */
    void report(PrintWriter err) {
      if (resolver instanceof UdpResolver udp) {
        ServerTable.print(udp.statistics(), err);
      }
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
    return embedded || isGiven()
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
    if (isEncrypted()) {
      return EncryptedServer.parse(resolvers.get(0)).open(options);
    }
    UdpResolver resolver =
        UdpResolver.of(
            isGiven()
                ? options.withServers(servers()).withTrusted(parsed(trusted).toList())
                : options);
    return new Open(resolver, List.of(resolver));
  }

  /**
   * Checks the addresses and that the options go together.
   *
   * @throws IllegalArgumentException if not; the message says what is allowed
   */
  void check() {
    if (isEncrypted()) {
      checkEncrypted();
      return;
    }
    int servers = servers().size();
    if (embedded && isGiven()) {
      throw new IllegalArgumentException(
          (file == null ? "--embedded and --resolver" : "--embedded and --servers")
              + ": allowed is one of them");
    }
    if (!parsed(trusted).toList().isEmpty() && !isGiven()) {
      throw new IllegalArgumentException("--trusted: allowed with --resolver or --servers");
    }
    if (isGiven() && servers == 0) {
      throw new IllegalArgumentException("'" + file + "' has no name server");
    }
    if (servers > DnsOptions.MAX_SERVERS) {
      throw new IllegalArgumentException(
          servers + " resolvers: allowed are " + DnsOptions.MAX_SERVERS);
    }
  }

  /** Whether the name server is asked over HTTPS or TLS. */
  boolean isEncrypted() {
    return resolvers.stream().anyMatch(EncryptedServer::isOne);
  }

  private void checkEncrypted() {
    if (resolvers.size() > 1 || file != null || !trusted.isEmpty() || embedded) {
      throw new IllegalArgumentException(
          "a name server over HTTPS or TLS: allowed is one, without --servers, --trusted and"
              + " --embedded");
    }
    EncryptedServer unused = EncryptedServer.parse(resolvers.get(0));
  }

  private List<InetSocketAddress> servers() {
    Stream<InetSocketAddress> listed = file == null ? Stream.of() : parsed(listed(file));
    return Stream.concat(parsed(resolvers), listed).distinct().toList();
  }

  private static Stream<InetSocketAddress> parsed(List<String> texts) {
    // With -1, so that "," is two empty addresses, which are refused, and not no address at all.
    return texts.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(ResolverAddress::parse);
  }

  private boolean isGiven() {
    return file != null || !resolvers.isEmpty();
  }

  private static List<String> listed(Path file) {
    try (Reader text = TextFile.open(TextFile.readable(file));
        NameReader lines = new NameReader(text)) {
      List<String> all = new ArrayList<>();
      for (List<String> chunk = lines.next(); !chunk.isEmpty(); chunk = lines.next()) {
        all.addAll(chunk);
      }
      return all;
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + file + "' cannot be read", e);
    }
  }
}
