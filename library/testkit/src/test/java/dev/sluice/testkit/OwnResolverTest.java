package dev.sluice.testkit;

import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.UdpResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The library's own resolver keeps the contract. */
@Timeout(60)
class OwnResolverTest extends ResolverContract {
  private static final int HEADER = 12;

  private DatagramSocket server;
  private UdpResolver resolver;

  @BeforeEach
  void start() throws IOException {
    server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::answer, "name-server");
    thread.setDaemon(true);
    thread.start();
    InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
    resolver =
        UdpResolver.of(
            DnsOptions.standard()
                .withServers(List.of(address))
                .withTimeout(Duration.ofMillis(200)));
  }

  @AfterEach
  void stop() {
    resolver.close();
    server.close();
  }

  @Override
  protected Resolver resolver() {
    return resolver;
  }

  @Override
  protected DomainName existing() {
    return DomainName.of("is.example");
  }

  @Override
  protected DomainName missing() {
    return DomainName.of("not.example");
  }

  @Override
  protected List<DomainName> unanswered() {
    return List.of(DomainName.of("silent.example"));
  }

  @Override
  protected List<DomainName> failingKeys() {
    return unanswered();
  }

  /** Repeats the question with an rcode; the first octet of the name tells which. */
  private void answer() {
    byte[] message = new byte[512];
    while (!server.isClosed()) {
      DatagramPacket packet = new DatagramPacket(message, message.length);
      try {
        server.receive(packet);
        int length = message[HEADER];
        if (length != "silent".length()) {
          message[2] = (byte) 0x84; // An answer, authoritative.
          message[3] = (byte) (length == "not".length() ? 3 : 0);
          message[11] = 0; // Nothing after the question, so no EDNS.
          int end = HEADER;
          while (message[end] != 0) {
            end += message[end] + 1;
          }
          packet.setLength(end + 5);
          server.send(packet);
        }
      } catch (SocketException e) {
        return; // Closed.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
