package dev.sluice.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Receives the heads of so many requests, each on its connection, and then answers them all. */
final class OneThreadServer implements AutoCloseable {
  /** Answers all requests. */
  @FunctionalInterface
  interface Answers {
    void answer(List<Socket> sockets) throws IOException;
  }

  private final ServerSocket listener;
  private final int requests;
  private final Answers answers;

  OneThreadServer(int requests, Answers answers) {
    this.requests = requests;
    this.answers = answers;
    try {
      listener = new ServerSocket(0, requests, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "one-thread-server");
    thread.setDaemon(true);
    thread.start();
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  String base() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  private void serve() {
    List<Socket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < requests) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        readHead(socket.getInputStream());
      }
      answers.answer(sockets);
      listener.accept(); // Until the server is closed.
    } catch (IOException e) {
      return; // Closed, or a client has left.
    } finally {
      sockets.forEach(OneThreadServer::close);
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
