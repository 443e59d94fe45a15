package dev.sluice.samples.cluster;

import dev.sluice.Policy;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.Domains;
import dev.sluice.dns.UdpResolver;

/**
 * How a subtask probes names: with a resolver of its own.
 *
 * @param servers name servers, separated by commas; empty for those of the worker's system
 * @param limit how many names a subtask asks for at once
 */
record ProbeSettings(String servers, int limit) implements OpenPipeline.Opener<Answer> {

  @Override
  public OpenPipeline<Answer> open() {
    UdpResolver resolver = UdpResolver.of(options());
    Policy policy = Policy.limit(limit).withAttemptTimeout(Policy.FOREVER);
    return new OpenPipeline<>(
        Domains.of(resolver, policy).probesOfText(), Domains.journalCodec(), resolver::close);
  }

  private DnsOptions options() {
    DnsOptions options = DnsOptions.standard();
    return servers.isEmpty()
        ? options
        : options.withServers(DnsOptions.parseServers(servers.split(",")));
  }
}
