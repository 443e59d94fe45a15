package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves each {@link FaultyFile} with its faults, byte for byte; a thread for each connection. */
final class FaultyServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Map<FaultyFile, Integer> requests = new EnumMap<>(FaultyFile.class);

  private FaultyServer(ServerSocket listener) {
    this.listener = listener;
  }

  static FaultyServer start() throws IOException {
    FaultyServer server =
        new FaultyServer(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
    server.fork(server::accept);
    return server;
  }

  URI url(FaultyFile file) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/" + file.fileName());
  }

  /** How many requests for a file there were. */
  synchronized int requests(FaultyFile file) {
    return requests.getOrDefault(file, 0);
  }

  private synchronized int count(FaultyFile file) {
    return requests.merge(file, 1, Integer::sum);
  }

  private void fork(Runnable task) {
    Thread thread = new Thread(task, "faulty-server");
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
        fork(() -> serve(socket));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      for (List<String> head = head(socket); !head.isEmpty(); head = head(socket)) {
        String name = head.get(0).replaceAll("^\\S+ /(\\S*) .*", "$1");
        Optional<FaultyFile> file =
            Arrays.stream(FaultyFile.values())
                .filter(each -> each.fileName().equals(name))
                .findFirst();
        if (file.isEmpty()) {
          new FaultyExchange(socket, head, 1).status("404 Not Found", "");
        } else {
          file.get().answer(new FaultyExchange(socket, head, count(file.get())));
        }
      }
    } catch (IOException e) {
      return; // The client has left, or the answer has ended the connection.
    }
  }

  /** The lines of the head of the next request; none at the end of the connection. */
  private static List<String> head(Socket socket) throws IOException {
    if (socket.isClosed()) {
      return List.of();
    }
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return List.of();
      }
      head.append((char) octet);
    }
    return head.toString().lines().toList();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
