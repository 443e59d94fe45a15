package dev.sluice.samples.servers.registries;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Registries on this machine: a resolver and the name servers of their top-level domains, by UDP,
 * the list of registries, and RDAP. The name says what is true of it, {@link NameState}, and the
 * top-level domain which fault its registry has, {@link RegistryFault}.
 */
public final class RegistryServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int LONGEST_QUERY = 512;
  private static final String LIST = "/dns.json";
  private static final String DOMAIN = "/domain/";

  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final HttpServer registry;
  private final HttpServer other;
  private final ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RegistryAnswers answers;

  private RegistryServer(int dnsPort, int httpPort) throws IOException {
    // The last one only takes queries and answers none.
    int port = dnsPort;
    for (int last = 1; last <= 3; last++) {
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
      port = last == 1 ? bind(address, port) : bindIfPossible(address, port);
    }
    registry = http(httpPort);
    other = http(0);
    answers = new RegistryAnswers(base(other));
    registry.createContext("/", this::answer);
    other.createContext("/", exchange -> RegistryAnswers.byAnother(exchange, nameOf(exchange)));
    registry.start();
    other.start();
    sockets.forEach(this::serve);
  }

  /**
   * Starts the servers on loopback.
   *
   * @param dnsPort the port of the name servers; 0 for any that is free
   * @param httpPort the port of the list and RDAP; 0 for any that is free
   */
  public static RegistryServer start(int dnsPort, int httpPort) throws IOException {
    return new RegistryServer(dnsPort, httpPort);
  }

  private int bind(InetAddress address, int port) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
    socket.setReceiveBufferSize(4 << 20);
    sockets.add(socket);
    return socket.getLocalPort();
  }

  /** Not every system has the whole of 127.0.0.0/8. */
  private int bindIfPossible(InetAddress address, int port) throws IOException {
    try {
      return bind(address, port);
    } catch (BindException e) {
      return port;
    }
  }

  private HttpServer http(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    return server;
  }

  private static String base(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The port of the resolver at 127.0.0.1, and of all name servers. */
  public int dnsPort() {
    return sockets.get(0).getLocalPort();
  }

  /** The resolver. */
  public InetSocketAddress resolver() {
    return new InetSocketAddress(sockets.get(0).getLocalAddress(), dnsPort());
  }

  /** The URL of the list of registries. */
  public URI list() {
    return URI.create(base(registry)).resolve(LIST);
  }

  /** How many DNS queries have come. */
  public int queries() {
    return queries.get();
  }

  /** How many RDAP requests have come. */
  public int requests() {
    return requests.get();
  }

  /** Blocks until the server is closed. */
  public void await() throws InterruptedException {
    closed.await();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals(LIST)) {
      RegistryAnswers.send(exchange, 200, listText());
    } else {
      requests.incrementAndGet();
      answers.byTheRegistry(exchange, nameOf(exchange));
    }
  }

  private static String nameOf(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.indexOf(DOMAIN) + DOMAIN.length());
  }

  private String listText() {
    String served =
        Stream.of(RegistryFault.values())
            .filter(fault -> fault != RegistryFault.UNLISTED)
            .map(fault -> '"' + fault.topLevel() + '"')
            .collect(Collectors.joining(","));
    return "{\"services\":[[[" + served + "],[\"" + base(registry) + "\"]]]}";
  }

  private void serve(DatagramSocket socket) {
    Thread thread = new Thread(() -> serveUntilClosed(socket), "registry-names");
    thread.setDaemon(true);
    thread.start();
  }

  private void serveUntilClosed(DatagramSocket socket) {
    byte[] buffer = new byte[LONGEST_QUERY];
    boolean isSilent = socket.getLocalAddress().getAddress()[3] == 3;
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        queries.incrementAndGet();
        byte[] query = Arrays.copyOf(buffer, packet.getLength());
        byte[] answer = isSilent ? null : RegistryNames.answer(query, socket.getLocalAddress());
        if (answer != null) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      return; // Closed.
    }
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
    registry.stop(0);
    other.stop(0);
    threads.shutdownNow();
    closed.countDown();
  }
}
