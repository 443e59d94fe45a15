package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.engine.ServerCounts;
import java.net.InetSocketAddress;

/**
 * How a name server did so far.
 *
 * @param server its address
 * @param asked how many queries were sent to it
 * @param answered how many of them it answered, or denied, in time
 * @param refused how many it refused (RCODE 5)
 * @param failed how many failed otherwise: another RCODE, a malformed response, a closed port
 * @param late how many responses came after their query had timed out
 * @param lost to how many queries no response came at all
 * @param lied how many answers were shown not to be true
 */
public record NameServerStatistics(
    InetSocketAddress server,
    long asked,
    long answered,
    long refused,
    long failed,
    long late,
    long lost,
    long lied) {
  /**
   * Checks the address.
   *
   * @param server its address
   * @param asked how many queries were sent to it
   * @param answered how many of them it answered, or denied, in time
   * @param refused how many it refused
   * @param failed how many failed otherwise
   * @param late how many responses came after their query had timed out
   * @param lost to how many queries no response came at all
   * @param lied how many answers were shown not to be true
   */
  public NameServerStatistics {
    requireNonNull(server, "server");
  }

  static NameServerStatistics of(ServerCounts counts) {
    return new NameServerStatistics(
        counts.server(),
        counts.asked(),
        counts.answered(),
        counts.refused(),
        counts.failed(),
        counts.late(),
        Math.max(0, counts.timedOut() - counts.late()),
        counts.lied());
  }
}
