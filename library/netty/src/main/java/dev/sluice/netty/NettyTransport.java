package dev.sluice.netty;

import dev.sluice.http.Transport;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;

/**
 * HTTP/1.1 over Netty, with one thread for all connections.
 *
 * <pre>{@code
 * HttpOptions options = HttpOptions.standard().withTransport(NettyTransport::open);
 * }</pre>
 *
 * <p>TLS is BoringSSL's if {@code io.netty:netty-tcnative-boringssl-static} is on the class path,
 * else the JDK's. Trust anchors are those of the JDK, and host names are checked.
 *
 * <p>Of several addresses of a name, each but the last has a share of the attempt to connect in,
 * and at most 2 s. The order is that of the system, but that those which did not answer come last.
 *
 * <p>Not supported, and refused with an {@code IOException}: proxies, also one of the JVM; request
 * bodies of more than 16 MiB; the headers {@code Expect} and {@code Upgrade}. Stricter than over
 * OkHttp: lines of heads and chunks end in CR LF, no blank stands before a colon or behind the size
 * of a chunk, and {@code Content-Length} is not continued on a second line.
 */
public final class NettyTransport implements Transport {
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int SWEEP_SECONDS = 5;

  private final LazyLoop loop;
  private final IdleConnections idle;
  private final Connector connector;
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private NettyTransport(int limit, ThreadFactory lookups) {
    idle = new IdleConnections(limit);
    loop = new LazyLoop(limit, this::sweep);
    connector = new Connector(loop, idle, lookups);
  }

  private void sweep(EventLoop made) {
    var unused =
        made.scheduleWithFixedDelay(
            () -> idle.closeOlderThan(KEEP_ALIVE_NANOS),
            SWEEP_SECONDS,
            SWEEP_SECONDS,
            TimeUnit.SECONDS);
  }

  /**
   * {@return an open transport}
   *
   * <p>Its buffers lie outside the heap, and those of all connections together fit into the bound
   * of the JVM ({@code -XX:MaxDirectMemorySize}, by default as many bytes as the heap may have). A
   * body that is longer than an eighth of that, divided by the limit, has a thread while it
   * arrives, which moves it into the heap.
   *
   * @param limit how many calls are made at once: the memory is divided by this number, and as many
   *     idle connections are kept, for 30 s
   */
  public static NettyTransport open(int limit) {
    return open(limit, Connector::thread);
  }

  /** With other threads to look names up. */
  static NettyTransport open(int limit, ThreadFactory lookups) {
    return new NettyTransport(limit, lookups);
  }

  @Override
  public void prepare(URI base) {
    prepare(base, Addresses.ATTEMPT);
  }

  @Override
  public void prepare(URI base, Duration attempt) {
    connector.prepare("https".equalsIgnoreCase(base.getScheme()), attempt);
  }

  @Override
  public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
    Exchange exchange;
    try {
      exchange = new Exchange(request, prefetch, receiver, loop::sizes, underWay::remove);
    } catch (IOException e) {
      receiver.failed(e);
      return () -> {};
    }
    underWay.add(exchange);
    if (closed) {
      end(exchange); // Added too late for close().
    } else {
      start(exchange);
    }
    return exchange::cancel;
  }

  private static void end(Exchange exchange) {
    exchange.fail(new IOException("the transport is closed"));
    exchange.cancel();
  }

  private void start(Exchange exchange) {
    try {
      Connection used = idle.take(exchange.origin());
      if (used == null) {
        connector.connect(exchange);
      } else {
        used.channel()
            .eventLoop()
            .execute(() -> Failures.orFail(exchange, () -> beginAgain(exchange, used)));
      }
    } catch (RejectedExecutionException | IllegalStateException e) {
      exchange.fail(new IOException("the transport is closed", e));
    }
  }

  private void beginAgain(Exchange exchange, Connection used) {
    int wait = used.idleTime().waitMillis();
    if (wait == 0) {
      beginNow(exchange, used);
    } else {
      var unused =
          used.channel()
              .eventLoop()
              .schedule(
                  () -> Failures.orFail(exchange, () -> beginNow(exchange, used)),
                  wait,
                  TimeUnit.MILLISECONDS);
    }
  }

  /** Nothing was sent if the used connection is not quiet, so the call takes another one. */
  private void beginNow(Exchange exchange, Connection used) {
    if (!used.begin(exchange)) {
      start(exchange);
    }
  }

  @Override
  public void close() {
    closed = true;
    connector.close();
    // Also those that no connection has yet: the event loop drops what it has not begun.
    underWay.forEach(NettyTransport::end);
    loop.close();
  }
}
