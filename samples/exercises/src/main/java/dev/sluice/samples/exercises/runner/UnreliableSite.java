package dev.sluice.samples.exercises.runner;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A flag server on loopback that refuses the first requests for each flag with 503. The body of
 * {@code fr} never ends. The first requests are held until there are three, for at most 2 s, and
 * then for a fourth, for at most 0.2 s: the peak shows the limit of the client.
 */
public final class UnreliableSite implements AutoCloseable {
  private static final byte[] GIF = gif();
  private static final int ENOUGH = 3;
  private static final long LONGEST_WAIT_SECONDS = 5;

  private final ExecutorService threads = Executors.newCachedThreadPool(UnreliableSite::daemon);
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final CountDownLatch enough = new CountDownLatch(ENOUGH);
  private final CountDownLatch tooMany = new CountDownLatch(ENOUGH + 1);
  private final CountDownLatch endless = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final int refusals;
  private final HttpServer server;

  private UnreliableSite(int refusals, HttpServer server) {
    this.refusals = refusals;
    this.server = server;
  }

  /** Starts on a free port; each flag is refused this many times. */
  public static UnreliableSite start(int refusals) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    UnreliableSite site = new UnreliableSite(refusals, HttpServer.create(loopback, 0));
    site.server.setExecutor(site.threads);
    site.server.createContext("/", site::answer);
    site.server.start();
    return site;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/flags");
  }

  /** The highest number of requests at the same time. */
  public int peak() {
    return peak.get();
  }

  /** Blocks until the endless body has begun, for at most 5 s. */
  public void awaitEndless() throws InterruptedException {
    Expect.that(endless.await(LONGEST_WAIT_SECONDS, SECONDS), "no third request for fr within 5 s");
  }

  /** Whether the client closes the connection of the endless body within 5 s. */
  public boolean endlessWasCancelled() throws InterruptedException {
    return cancelled.await(LONGEST_WAIT_SECONDS, SECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    String path = exchange.getRequestURI().getPath();
    int earlier = requests.computeIfAbsent(path, any -> new AtomicInteger()).getAndIncrement();
    try (exchange) {
      awaitOthers();
      // Before the response: the client may send its next request as soon as it has come.
      inFlight.decrementAndGet();
      if (earlier < refusals) {
        exchange.sendResponseHeaders(503, -1);
      } else if (path.endsWith("fr.gif")) {
        sendWithoutEnd(exchange);
      } else {
        exchange.sendResponseHeaders(200, GIF.length);
        exchange.getResponseBody().write(GIF);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitOthers() throws InterruptedException {
    enough.countDown();
    tooMany.countDown();
    boolean unused = enough.await(2, SECONDS) && tooMany.await(200, MILLISECONDS);
  }

  private void sendWithoutEnd(HttpExchange exchange) throws InterruptedException {
    try {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write(GIF, 0, 10);
      endless.countDown();
      while (!closed.await(10, MILLISECONDS)) {
        body.write(0);
        body.flush();
      }
    } catch (IOException e) {
      cancelled.countDown();
    }
  }

  /** How many files are in the folder, temporary ones included. */
  public static int count(Path folder) {
    return files(folder).size();
  }

  /** Deletes the folder and the files in it. */
  public static void delete(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "unreliable-site");
    thread.setDaemon(true);
    return thread;
  }

  /** Header, one pixel, and the semicolon that ends a GIF. */
  private static byte[] gif() {
    return "GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\1L\0;".getBytes(StandardCharsets.ISO_8859_1);
  }
}
