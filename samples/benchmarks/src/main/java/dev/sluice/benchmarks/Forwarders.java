package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Resolvers on loopback that forward all queries to NSD. */
final class Forwarders {
  private Forwarders() {}

  /** Starts a resolver. */
  @FunctionalInterface
  interface Starter {
    Running start(Path program, Nsd nsd, ScratchFolder scratch) throws IOException;
  }

  /** A running resolver and its address. */
  record Running(ServerProcess daemon, int port) implements AutoCloseable {
    @Override
    public void close() {
      daemon.close();
    }
  }

  static Running unbound(Path program, Nsd nsd, ScratchFolder scratch) throws IOException {
    Path home = scratch.emptyFolder("unbound");
    int port = ServerProcess.freePort();
    Path config = Files.writeString(home.resolve("unbound.conf"), unbound(home, port, nsd));
    return await(
        ServerProcess.start(home, List.of(program.toString(), "-d", "-c", config.toString())),
        port);
  }

  private static String unbound(Path home, int port, Nsd nsd) {
    return """
        server:
          interface: 127.0.0.1@%1$d
          access-control: 127.0.0.0/8 allow
          outgoing-interface: 127.0.0.1
          do-ip6: no
          do-daemonize: no
          do-not-query-localhost: no
          module-config: "iterator"
          num-threads: 1
          num-queries-per-thread: 4096
          outgoing-range: 8192
          so-rcvbuf: 4m
          msg-cache-size: 16m
          rrset-cache-size: 16m
          max-udp-size: 512
          local-zone: "test." nodefault
          username: ""
          chroot: ""
          directory: "%2$s"
          pidfile: "%2$s/pid"
          use-syslog: no
          verbosity: 0
        remote-control:
          control-enable: no
        stub-zone:
          name: "%3$s"
          stub-addr: 127.0.0.1@%4$d
        forward-zone:
          name: "."
          forward-addr: 127.0.0.1@%4$d
        """
        .formatted(port, home, DnsZone.ORIGIN, nsd.port());
  }

  static Running dnsmasq(Path program, Nsd nsd, ScratchFolder scratch) throws IOException {
    Path home = scratch.emptyFolder("dnsmasq");
    int port = ServerProcess.freePort();
    Path config = Files.writeString(home.resolve("dnsmasq.conf"), dnsmasq(home, port, nsd));
    return await(
        ServerProcess.start(home, List.of(program.toString(), "-k", "-C", config.toString())),
        port);
  }

  private static String dnsmasq(Path home, int port, Nsd nsd) {
    return """
        port=%1$d
        listen-address=127.0.0.1
        bind-interfaces
        no-resolv
        no-hosts
        no-negcache
        dns-forward-max=10000
        edns-packet-max=512
        user=root
        log-facility=-
        pid-file=%2$s/pid
        server=127.0.0.1#%3$d
        """
        .formatted(port, home, nsd.port());
  }

  private static Running await(ServerProcess daemon, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    daemon.await(() -> DnsPing.hasZone(address, DnsZone.ORIGIN));
    return new Running(daemon, port);
  }
}
