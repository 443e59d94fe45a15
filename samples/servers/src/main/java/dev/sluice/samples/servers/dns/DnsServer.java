package dev.sluice.samples.servers.dns;

import dev.sluice.samples.LocalAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;

/**
 * A DNS server over UDP and TCP, with delays, losses and errors on request.
 *
 * <pre>{@code
 * DnsServerSettings settings = DnsServerSettings.onLoopback(Zones.ofNames(List.of("for.dev", "in.dev")));
 * try (DnsServer server = DnsServer.start(settings.withFaults(DnsFaults.NONE.withLoss(0.05)))) {
 *   ask(server.address());
 * }
 * }</pre>
 *
 * <p>It serves all clients on one daemon thread. Its methods may be called from any thread.
 */
public final class DnsServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int BACKLOG = 1_024;

  /** How often to try for port 0: a port that is free for UDP may be in use for TCP. */
  private static final int TRIES = 20;

  private final InetSocketAddress address;
  private final DnsEventLoop loop;
  private final Thread thread;

  private DnsServer(DatagramChannel udp, ServerSocketChannel listener, DnsServerSettings settings)
      throws IOException {
    address = (InetSocketAddress) udp.getLocalAddress();
    loop =
        new DnsEventLoop(udp, listener, settings.zones(), new DnsFaultInjector(settings.faults()));
    thread = new Thread(loop, "dns-server-" + address.getPort());
    thread.setDaemon(true);
  }

  /**
   * Starts a server. It answers as soon as this returns.
   *
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static DnsServer start(DnsServerSettings settings) throws IOException {
    for (int tries = settings.port() == 0 ? TRIES : 1; ; tries--) {
      try {
        DnsServer server = open(settings);
        server.thread.start();
        return server;
      } catch (IOException e) {
        if (tries == 1) {
          throw LocalAddress.cannotListen(settings.address(), settings.port(), e);
        }
      }
    }
  }

  private static DnsServer open(DnsServerSettings settings) throws IOException {
    DatagramChannel udp = DatagramChannel.open();
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      udp.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      udp.bind(new InetSocketAddress(settings.address(), settings.port()));
      int port = ((InetSocketAddress) udp.getLocalAddress()).getPort();
      listener.bind(new InetSocketAddress(settings.address(), port), BACKLOG);
      return new DnsServer(udp, listener, settings);
    } catch (IOException e) {
      udp.close();
      listener.close();
      throw e;
    }
  }

  /** The address for clients on this machine. */
  public InetSocketAddress address() {
    // 0.0.0.0 is not a destination; loopback reaches the same server.
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }

  /** The same as text, such as {@code 127.0.0.1:5300}. */
  public String hostAndPort() {
    return LocalAddress.hostAndPort(address.getAddress(), address.getPort());
  }

  /** Blocks until the server is closed. */
  public void await() throws InterruptedException {
    thread.join();
  }

  /** Stops at once. When it returns, the thread has ended and the port is free. */
  @Override
  public void close() {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Keeps waiting: the loop ends within moments, and the port must be free on return.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
