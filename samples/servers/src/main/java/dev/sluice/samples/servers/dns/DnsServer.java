package dev.sluice.samples.servers.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;

/**
 * A name server over UDP and TCP, with delays, losses and errors on request.
 *
 * <pre>{@code
 * DnsServerSettings settings = DnsServerSettings.onLoopback(Zones.ofNames(List.of("for.dev", "in.dev")));
 * try (DnsServer server = DnsServer.start(settings.withFaults(DnsFaults.NONE.withLoss(0.05)))) {
 *   ask(server.address());
 * }
 * }</pre>
 *
 * <p>It has one thread, a daemon, however many clients there are. {@link #close} ends it; when it
 * returns, the thread is gone and the port is free.
 */
public final class DnsServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int BACKLOG = 1_024;

  /** Where a free port is wanted, the one that UDP found may be taken for TCP. */
  private static final int TRIES = 20;

  private final InetSocketAddress address;
  private final DnsEventLoop loop;
  private final Thread thread;

  private DnsServer(DatagramChannel udp, ServerSocketChannel door, DnsServerSettings settings)
      throws IOException {
    address = (InetSocketAddress) udp.getLocalAddress();
    loop = new DnsEventLoop(udp, door, settings.zones(), new DnsFaultInjector(settings.faults()));
    thread = new Thread(loop, "dns-server-" + address.getPort());
    thread.setDaemon(true);
  }

  /**
   * A server that answers as soon as this returns.
   *
   * @throws IOException if it cannot listen there; the message says where
   */
  public static DnsServer start(DnsServerSettings settings) throws IOException {
    for (int tries = settings.port() == 0 ? TRIES : 1; ; tries--) {
      try {
        DnsServer server = open(settings);
        server.thread.start();
        return server;
      } catch (IOException e) {
        if (tries == 1) {
          String where = settings.address().getHostAddress() + " port " + settings.port();
          throw new IOException("cannot listen on " + where + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static DnsServer open(DnsServerSettings settings) throws IOException {
    DatagramChannel udp = DatagramChannel.open();
    ServerSocketChannel door = ServerSocketChannel.open();
    try {
      udp.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      udp.bind(new InetSocketAddress(settings.address(), settings.port()));
      int port = ((InetSocketAddress) udp.getLocalAddress()).getPort();
      door.bind(new InetSocketAddress(settings.address(), port), BACKLOG);
      return new DnsServer(udp, door, settings);
    } catch (IOException e) {
      udp.close();
      door.close();
      throw e;
    }
  }

  /** Where this machine finds it. */
  public InetSocketAddress address() {
    // Nobody can ask "any address"; loopback is one of them.
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }

  /** The same as a resolver is named on a command line: {@code 127.0.0.1:5300}. */
  public String hostAndPort() {
    String host = address().getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Returns when the server has been closed. */
  public void await() throws InterruptedException {
    thread.join();
  }

  /** Stops at once, and returns when nothing is left. */
  @Override
  public void close() {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // The loop ends within moments; leaving before would break the promise above.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
