package dev.sluice.samples.check;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.UdpResolver;
import dev.sluice.domains.EvidenceSource;
import dev.sluice.domains.EvidenceSources;
import dev.sluice.domains.Examiner;
import dev.sluice.domains.NameList;
import dev.sluice.domains.ParentServers;
import dev.sluice.domains.PublicSuffixes;
import dev.sluice.domains.RegistryRates;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.TextFile;
import dev.sluice.samples.apps.EnvironmentProxies;
import dev.sluice.samples.apps.LaneOptions;
import dev.sluice.samples.domains.BootstrapOption;
import dev.sluice.samples.domains.ResolverAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is asked: name servers, registries and lists. */
final class SourceOptions {
  private static final int LIMIT = 64;
  private static final int DNS_PORT = 53;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "ADDR[:PORT]",
      description =
          "The resolver to ask. Several, with commas between them, share the work. Default: the"
              + " name servers of this machine.")
  private List<String> servers = List.of();

  @Option(
      names = "--cookies",
      description =
          "Send cookies (RFC 7873) to the resolver and to the parent zones' name servers: a forged"
              + " answer has to have the right one.")
  private boolean cookies;

  @Option(
      names = "--parent-port",
      paramLabel = "PORT",
      defaultValue = "" + DNS_PORT,
      converter = Port.class,
      description = "The port of the parent zones' name servers. Default: ${DEFAULT-VALUE}.")
  private int parentPort;

  @Option(
      names = "--rdap",
      paramLabel = "URL|FILE",
      converter = BootstrapOption.class,
      description = "The list of registries (RFC 9224). Default: that of IANA.")
  private @Nullable URI bootstrap;

  @Option(
      names = "--cache",
      paramLabel = "FILE",
      description =
          "Keep the list of registries in this file until it expires, and use it while the server"
              + " of the list is down.")
  private @Nullable Path cache;

  @Option(
      names = "--rates",
      paramLabel = "FILE",
      description =
          "How often each registry is asked: a line each, such as 'verisign 10/s', '.dev 5/s' or '*"
              + " 2/s'. Default: 1/s for every one.")
  private @Nullable Path rates;

  @Option(
      names = "--suffixes",
      paramLabel = "FILE",
      description = "A newer Public Suffix List than the bundled one.")
  private @Nullable Path suffixes;

  @Option(
      names = "--reserved",
      paramLabel = "FILE",
      description = "Names that registries do not register: nic.dev, or www for every suffix.")
  private List<Path> reserved = List.of();

  @Option(
      names = "--premium",
      paramLabel = "FILE",
      description = "Names that cost more than others, one a line, as in --reserved.")
  private List<Path> premium = List.of();

  @Option(
      names = "--all-sources",
      description = "Ask every source about every name, also after a verdict.")
  private boolean thorough;

  /** An examiner, and what is closed after it. */
  record Open(Examiner examiner, Limiter registries, UdpResolver resolver, Rdap rdap)
      implements AutoCloseable {
    @Override
    public void close() {
      rdap.close();
      resolver.close();
    }
  }

  /**
   * Opens the sources.
   *
   * @throws IllegalArgumentException if an option is wrong; the message says what is allowed
   */
  Open open(LaneOptions options) throws IOException {
    RegistryRates table =
        rates == null ? RegistryRates.STANDARD : RegistryRates.of(TextFile.readable(rates));
    PublicSuffixes known =
        suffixes == null
            ? PublicSuffixes.bundled()
            : PublicSuffixes.of(TextFile.readable(suffixes));
    List<EvidenceSource> lists = lists();
    DnsOptions standard = DnsOptions.standard();
    DnsOptions dns = servers.isEmpty() ? standard : standard.withServers(addresses());
    Lanes lanes = options.over(table.lanes());
    Limiter limiter = Limiter.of(Math.max(LIMIT, lanes.limit()), lanes);
    RdapOptions rdapOptions =
        RdapOptions.of(table.policy(limiter)).withHttp(EnvironmentProxies.http());
    Rdap rdap =
        Rdap.at(
            requireNonNullElse(bootstrap, Rdap.IANA),
            cache == null ? rdapOptions : rdapOptions.withCache(cache));
    UdpResolver resolver = UdpResolver.of(cookies ? dns.withCookies() : dns);
    List<EvidenceSource> sources = new ArrayList<>();
    sources.add(EvidenceSources.resolver(resolver));
    sources.add(ParentServers.of(resolver).withSuffixes(known).withPort(parentPort));
    sources.addAll(lists);
    sources.add(EvidenceSources.registries(rdap, table));
    Examiner examiner = Examiner.of(sources).withSuffixes(known);
    return new Open(thorough ? examiner.thorough() : examiner, limiter, resolver, rdap);
  }

  private List<EvidenceSource> lists() throws IOException {
    List<EvidenceSource> lists = new ArrayList<>();
    for (Path file : premium) {
      lists.add(EvidenceSources.premium(NameList.of(TextFile.readable(file))));
    }
    for (Path file : reserved) {
      lists.add(EvidenceSources.reserved(NameList.of(TextFile.readable(file))));
    }
    return lists;
  }

  private List<InetSocketAddress> addresses() {
    return servers.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(ResolverAddress::parse)
        .toList();
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(text -> Numbers.parse(text, 1, 65_535));
    }
  }
}
