package dev.sluice.samples.cluster;

import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.UdpResolver;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * How a subtask probes names: with a resolver of its own.
 *
 * @param servers name servers, separated by commas; empty for those of the worker's system
 * @param trusted servers that show which of the others tell the truth; empty to trust all
 * @param ratePerServer how many queries each server gets of all subtasks together, such as {@code
 *     10/s}; empty for no rate
 * @param limit how many names a subtask asks for at once
 */
record ProbeSettings(String servers, String trusted, String ratePerServer, int limit)
    implements OpenPipeline.Opener<Answer> {

  static ProbeSettings of(String servers, int limit) {
    return new ProbeSettings(servers, "", "", limit);
  }

  @Override
  public OpenPipeline<Answer> open(int subtasks) {
    UdpResolver resolver = UdpResolver.of(options(subtasks));
    Policy policy = Policy.limit(limit).withAttemptTimeout(Policy.FOREVER);
    return new OpenPipeline<>(
        Domains.of(resolver, policy).probesOfText(), Domains.journalCodec(), resolver::close);
  }

  private DnsOptions options(int subtasks) {
    DnsOptions options = DnsOptions.standard();
    if (!servers.isEmpty()) {
      options = options.withServers(parsed(servers));
    }
    if (!trusted.isEmpty()) {
      options = options.withTrusted(parsed(trusted));
    }
    return ratePerServer.isEmpty()
        ? options
        : options.withRatePerServer(share(Rate.parse(ratePerServer), subtasks));
  }

  private static List<InetSocketAddress> parsed(String servers) {
    return DnsOptions.parseServers(servers.split(","));
  }

  private static Rate share(Rate rate, int subtasks) {
    return Rate.of(rate.permits(), rate.per().multipliedBy(subtasks));
  }
}
