package dev.sluice.dns.engine;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.dns.wire.AddressType;
import dev.sluice.dns.wire.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of sockets. */
class PortsOfServersTest {
  private static final int SERVERS = 96;
  private static final int SOCKETS = 8;

  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();

  @Test
  void halfOfTheFileDescriptorsIsForSockets() throws IOException {
    assertEquals(750, maxSockets("1500                 4096                 files"));
    assertEquals(64, maxSockets("16                   16                   files"));
    assertEquals(16_384, maxSockets("1048576              1048576              files"));
    assertEquals(16_384, maxSockets("unlimited            unlimited            files"));
    assertEquals(2_048, OpenFiles.maxSockets(folder.resolve("none")));
    assertTrue(OpenFiles.maxSockets() >= 64);
  }

  @Test
  void queriesWaitAtTheLimitUntilSocketsAreFree() throws Exception {
    List<DatagramChannel> silent = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      DatagramChannel channel = DatagramChannel.open();
      silent.add(channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
      addresses.add((InetSocketAddress) channel.getLocalAddress());
    }
    EngineOptions options =
        new EngineOptions(
            addresses,
            List.of(),
            ofSeconds(1),
            1,
            List.of(AddressType.A),
            Pace.NONE,
            SOCKETS,
            false);
    Engine engine = new Engine(options, clock::get, Engine::daemon);
    for (int i = 0; i < SERVERS; i++) {
      engine.submit(new Unanswered());
    }
    for (int asked = SOCKETS; asked <= SERVERS; asked += SOCKETS) {
      int sent = asked;
      Await.until(() -> asked(engine) == sent && engine.inFlight() == SOCKETS, "sent: " + sent);
      clock.addAndGet(ofSeconds(1).toNanos());
      engine.wakeUp();
    }
    Await.until(() -> failures.get() == SERVERS, "failures");
    engine.close();
    for (DatagramChannel channel : silent) {
      channel.close();
    }
  }

  private static long asked(Engine engine) {
    return engine.counts().stream().mapToLong(ServerCounts::asked).sum();
  }

  /** A query whose failure is counted. */
  private final class Unanswered extends Query {
    Unanswered() {
      super(Question.of("await.dev", AddressType.A));
    }

    @Override
    protected boolean isDisposed() {
      return false;
    }

    @Override
    protected void onAddresses(List<InetAddress> addresses) {}

    @Override
    protected void onNoName() {}

    @Override
    protected void onFailure(QueryFailure failure) {
      failures.incrementAndGet();
    }

    @Override
    protected void onClosed() {}
  }

  private int maxSockets(String limit) throws IOException {
    String text = "Max processes             7  7  processes\nMax open files            " + limit;
    return OpenFiles.maxSockets(Files.writeString(folder.resolve("limits"), text));
  }
}
