package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** NSD on loopback, with authority for one zone. */
final class Nsd implements AutoCloseable {
  /** The port of the resolver of the operating system, which can use no other. */
  static final InetSocketAddress SYSTEM_PORT = new InetSocketAddress("127.0.53.53", 53);

  private final ServerProcess daemon;
  private final InetSocketAddress address;

  private Nsd(ServerProcess daemon, InetSocketAddress address) {
    this.daemon = daemon;
    this.address = address;
  }

  static Optional<Path> installed() {
    return InstalledPrograms.find("nsd");
  }

  /** Serves a zone file, on port 53 too if that is free. */
  static Nsd over(Path zone, ScratchFolder scratch) throws IOException {
    return over(zone, scratch, "nsd", "");
  }

  /** Starts NSD in this folder with these lines in the server section of its configuration. */
  static Nsd over(Path zone, ScratchFolder scratch, String name, String options)
      throws IOException {
    Path home = scratch.emptyFolder(name);
    int port = ServerProcess.freePort();
    Path config = Files.writeString(home.resolve("nsd.conf"), config(zone, home, port, options));
    String program = installed().orElseThrow().toString();
    ServerProcess daemon =
        ServerProcess.start(home, List.of(program, "-d", "-c", config.toString()));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    daemon.await(() -> DnsPing.hasZone(address, DnsZone.ORIGIN));
    return new Nsd(daemon, address);
  }

  private static String config(Path zone, Path home, int port, String options) {
    String systemPort =
        ServerProcess.isFreeForUdp(SYSTEM_PORT)
            ? "ip-address: " + SYSTEM_PORT.getHostString() + "@" + SYSTEM_PORT.getPort()
            : "";
    return """
        server:
          ip-address: 127.0.0.1@%1$d
          %5$s
          server-count: 1
          username: ""
          chroot: ""
          verbosity: 0
          database: ""
          receive-buffer-size: 4194304
          # By default it drops half of what it has to say of names that do not exist.
          rrl-ratelimit: 0
          rrl-whitelist-ratelimit: 0
          tcp-count: 1000
          zonesdir: "%2$s"
          zonelistfile: "%2$s/zone.list"
          xfrdfile: "%2$s/xfrd.state"
          xfrdir: "%2$s"
          pidfile: "%2$s/pid"
          %6$s
        remote-control:
          control-enable: no
        zone:
          name: %4$s
          zonefile: "%3$s"
        """
        .formatted(port, home, zone, DnsZone.ORIGIN, systemPort, options);
  }

  InetSocketAddress address() {
    return address;
  }

  int port() {
    return address.getPort();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
