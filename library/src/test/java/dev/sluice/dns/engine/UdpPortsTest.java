package dev.sluice.dns.engine;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ports at the limit of file descriptors. Everything runs on the thread of a real loop. */
class UdpPortsTest {
  /** So many queries use the open ports before another try to open one. */
  private static final int QUERIES_BEFORE_NEXT_OPEN = 1_024;

  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), 0);

  private boolean atTheLimit;
  private int tries;

  @Test
  void anOpenPortIsUsedWhenNoFurtherOneCanBeOpened() throws Exception {
    onALoop(
        (ports, loop) -> {
          UdpPort first = ports.next(0);
          atTheLimit = true;
          for (int i = 0; i < 64; i++) {
            server.queryAdded();
          }
          tries = 0;
          for (int i = 0; i < QUERIES_BEFORE_NEXT_OPEN; i++) {
            assertSame(first, ports.next(0));
          }
          assertEquals(1, tries);
          atTheLimit = false;
          assertNotEquals(first, ports.next(0));
        });
  }

  @Test
  void aWornPortStaysWhenNoOtherOneCanBeOpened() throws Exception {
    onALoop(
        (ports, loop) -> {
          UdpPort first = ports.next(0);
          atTheLimit = true;
          long later = loop.now() + MINUTES.toNanos(2);
          assertSame(first, ports.next(later));
        });
  }

  @Test
  void aRetryUsesTheSamePortWhenNoOtherOneCanBeOpened() throws Exception {
    onALoop(
        (ports, loop) -> {
          UdpPort first = requireNonNull(ports.next(0));
          atTheLimit = true;
          assertSame(first, ports.otherThan(first));
        });
  }

  @Test
  void withoutAnyPortItIsAFailure() throws Exception {
    onALoop(
        (ports, loop) -> {
          atTheLimit = true;
          assertThrows(IOException.class, () -> ports.next(0));
          atTheLimit = false;
          assertNotEquals(null, ports.next(0));
        });
  }

  /** What a test does with the ports. */
  @FunctionalInterface
  private interface Steps {
    void run(UdpPorts ports, EventLoop<Steps> loop) throws IOException;
  }

  private void onALoop(Steps steps) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    AtomicReference<@Nullable EventLoop<Steps>> self = new AtomicReference<>();
    EventLoop<Steps> loop =
        new EventLoop<>(new Once(self, done), System::nanoTime, EventLoop::daemon);
    self.set(loop);
    loop.submit(steps);
    try {
      done.get(10, SECONDS);
    } finally {
      loop.close();
    }
  }

  private UdpPort open(Server to, EventLoop<Steps> loop) throws IOException {
    tries++;
    if (atTheLimit) {
      throw new IOException("Too many open files");
    }
    return UdpPort.open(to, null, new SendBuffers(), 1 << 14, loop, port -> {});
  }

  /** Runs the steps of one test. */
  private final class Once implements EventLoop.Handler<Steps> {
    private final AtomicReference<@Nullable EventLoop<Steps>> loop;
    private final CompletableFuture<Void> done;

    Once(AtomicReference<@Nullable EventLoop<Steps>> loop, CompletableFuture<Void> done) {
      this.loop = loop;
      this.done = done;
    }

    @Override
    public void accept(Steps steps) {
      EventLoop<Steps> self = requireNonNull(loop.get());
      UdpPorts ports = new UdpPorts(server, to -> open(to, self));
      try {
        steps.run(ports, self);
        done.complete(null);
      } catch (Throwable e) {
        done.completeExceptionally(e);
      } finally {
        ports.close();
      }
    }

    @Override
    public long tick() {
      return EventLoop.NEVER;
    }

    @Override
    public void end(@Nullable Throwable failure) {}

    @Override
    public void refuse(Steps steps, @Nullable Throwable failure) {
      done.completeExceptionally(new IllegalStateException(failure));
    }
  }
}
