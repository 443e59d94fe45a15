package dev.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An HTTP server on loopback that sends exactly the bytes of a script. {@link #close} fails if a
 * client still has a connection open: close the client first.
 */
public final class RawServer implements AutoCloseable {

  /** Answers one request. Requests of one connection are answered one after another. */
  @FunctionalInterface
  public interface Script {
    void answer(Exchange exchange) throws IOException;
  }

  private static final int BACKLOG = 2_000;

  private final ServerSocket listener;
  private final String scheme;
  private final Script script;
  private final Thread accepting;

  // Guarded by this.
  private final Set<Socket> open = new HashSet<>();
  private final List<String> paths = new ArrayList<>();
  private int accepted;
  private int peakOpen;

  private RawServer(ServerSocket listener, String scheme, Script script) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
    accepting = start(this::accept, "raw-server");
  }

  public static RawServer answering(Script script) {
    return at("127.0.0.1", 0, script);
  }

  public static RawServer answering(ServerSocket listener, String scheme, Script script) {
    return new RawServer(listener, scheme, script);
  }

  /**
   * Answers on an address of loopback, such as 127.0.0.2.
   *
   * @param port 0 for any that is free
   */
  public static RawServer at(String address, int port, Script script) {
    return answering(plainListener(address, port), "http", script);
  }

  /** Answers every request with the same bytes. */
  public static RawServer saying(byte[] answer) {
    return answering(exchange -> exchange.send(answer));
  }

  public URI base() {
    return URI.create(scheme + "://" + authority() + "/");
  }

  /** Host and port. */
  public String authority() {
    return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
  }

  /** The number of connections accepted so far. */
  public synchronized int accepted() {
    return accepted;
  }

  /** The largest number of connections that were open at once. */
  public synchronized int peakOpen() {
    return peakOpen;
  }

  /** The targets of all requests in the order of arrival. */
  public synchronized List<String> paths() {
    return List.copyOf(paths);
  }

  /** Waits until this number of connections is open. */
  public void awaitOpen(int count) {
    Await.until(() -> copyOfOpen().size() == count, "open connections: " + count);
  }

  /** Waits until at least this number of requests has arrived. */
  public void awaitRequests(int count) {
    Await.until(() -> paths().size() >= count, "requests: " + count);
  }

  @Override
  public void close() {
    try {
      Await.closed(listener, accepting);
      awaitOpen(0);
    } finally {
      copyOfOpen().forEach(Exchange::closeQuietly);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        opened(socket);
        Thread unused = start(() -> serve(socket), "raw-server-connection");
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      for (var exchange = Exchange.next(socket); exchange != null; ) {
        asked(exchange.path());
        script.answer(exchange);
        exchange = socket.isClosed() ? null : Exchange.next(socket);
      }
    } catch (IOException e) {
      return; // The client has closed the connection, as some tests intend.
    } finally {
      closed(socket);
    }
  }

  private synchronized void asked(String path) {
    paths.add(path);
  }

  private synchronized void opened(Socket socket) {
    open.add(socket);
    accepted++;
    peakOpen = Math.max(peakOpen, open.size());
  }

  private synchronized void closed(Socket socket) {
    open.remove(socket);
  }

  private synchronized Set<Socket> copyOfOpen() {
    return Set.copyOf(open);
  }

  private static ServerSocket plainListener(String address, int port) {
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
