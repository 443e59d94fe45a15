package dev.sluice.samples.servers.dns;

import java.net.InetAddress;

/**
 * What a server is told.
 *
 * @param port 0 for any that is free
 */
public record DnsServerSettings(InetAddress address, int port, Zones zones, DnsFaults faults) {
  public DnsServerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          port + " is not a port: allowed are 0 (any that is free) to 65535");
    }
  }

  /** Loopback, a free port, and no faults. */
  public static DnsServerSettings onLoopback(Zones zones) {
    return new DnsServerSettings(InetAddress.getLoopbackAddress(), 0, zones, DnsFaults.NONE);
  }

  public DnsServerSettings withAddress(InetAddress newAddress) {
    return new DnsServerSettings(newAddress, port, zones, faults);
  }

  public DnsServerSettings withPort(int newPort) {
    return new DnsServerSettings(address, newPort, zones, faults);
  }

  public DnsServerSettings withFaults(DnsFaults newFaults) {
    return new DnsServerSettings(address, port, zones, newFaults);
  }
}
