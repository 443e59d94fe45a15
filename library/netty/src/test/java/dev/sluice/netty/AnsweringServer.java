package dev.sluice.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each request as a function of its head says; a thread for each connection. */
final class AnsweringServer implements AutoCloseable {
  /** Answers one request without a body. */
  @FunctionalInterface
  interface Answers {
    void answer(String head, OutputStream out) throws IOException;
  }

  /** Answers one request. */
  @FunctionalInterface
  interface BodyAnswers {
    void answer(String head, InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final BodyAnswers answers;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  AnsweringServer(Answers answers) {
    this((head, in, out) -> answers.answer(head, out));
  }

  AnsweringServer(BodyAnswers answers) {
    this.answers = answers;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fork(this::accept);
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  /** The heads of all requests. */
  List<String> heads() {
    return heads;
  }

  int connections() {
    return sockets.size();
  }

  /** How many connections are open. */
  long open() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  private static void fork(Runnable task) {
    Thread thread = new Thread(task, "answering-server");
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
        sockets.add(socket);
        fork(() -> serve(socket));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
        heads.add(head);
        answers.answer(head, socket.getInputStream(), socket.getOutputStream());
      }
    } catch (IOException e) {
      return; // The client has left.
    }
  }

  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return "";
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
