package dev.sluice.samples.servers.dns;

import dev.sluice.samples.LocalAddress;
import java.net.InetAddress;

/**
 * The settings of a server.
 *
 * @param port the port to listen on; 0 for any that is free
 */
public record DnsServerSettings(InetAddress address, int port, Zones zones, DnsFaults faults) {
  public DnsServerSettings {
    LocalAddress.checkPort(port);
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
