package dev.sluice.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server on loopback that answers each path as a script says, byte for byte, and counts. A
 * thread for each connection.
 */
final class ScriptedServer implements Closeable {
  /** Answers requests. */
  @FunctionalInterface
  interface Script {
    /**
     * Answers one request.
     *
     * @param answering to be called before the last bytes: after them, the next request may come
     * @return false if the connection ends with it
     */
    boolean answer(String path, Socket socket, Runnable answering)
        throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  static ScriptedServer start(Script script) {
    try {
      ServerSocket listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
      ScriptedServer server = new ScriptedServer(listener, script);
      server.fork(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  /** How many requests for a path came. */
  int requests(String path) {
    AtomicInteger count = requests.get(path);
    return count == null ? 0 : count.get();
  }

  /** The most requests that were unanswered at once. */
  int mostInFlight() {
    return mostInFlight.get();
  }

  int openConnections() {
    return open.size();
  }

  private void fork(Runnable task) {
    Thread thread = new Thread(task, "sluice-testkit-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (listener.isClosed()) {
          socket.close(); // Made after the listener was closed.
          return;
        }
        open.add(socket);
        fork(() -> serve(socket));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      String path = path(socket.getInputStream());
      while (!path.isEmpty() && counted(path, socket)) {
        path = path(socket.getInputStream());
      }
      // Whatever the client does next ends the connection: it must not look like a fault of it.
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException | InterruptedException e) {
      return; // The client has left, or the script has ended the connection.
    } finally {
      open.remove(socket);
    }
  }

  private boolean counted(String path, Socket socket) throws IOException, InterruptedException {
    requests.computeIfAbsent(path, each -> new AtomicInteger()).incrementAndGet();
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    AtomicBoolean answered = new AtomicBoolean();
    Runnable answering =
        () -> {
          if (answered.compareAndSet(false, true)) {
            inFlight.decrementAndGet();
          }
        };
    try {
      return script.answer(path, socket, answering);
    } finally {
      answering.run();
    }
  }

  /** Reads the head of a request; empty at the end of the connection. */
  private static String path(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return "";
      }
      head.append((char) octet);
    }
    String[] requestLine = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    return requestLine.length > 1 ? requestLine[1] : "";
  }

  /** Ends every connection. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
