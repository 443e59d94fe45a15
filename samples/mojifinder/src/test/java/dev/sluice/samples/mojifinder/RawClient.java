package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A socket to a server under test that sends exactly the given bytes. */
final class RawClient implements AutoCloseable {
  static final String PROMPT = "?> ";

  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
  }

  static RawClient connect(int port) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects repeatedly until a connection is refused, at most until the test's time limit. */
  static void awaitRefused(int port) throws IOException {
    for (boolean open = true; open; ) {
      try {
        connect(port).close();
      } catch (ConnectException refused) {
        open = false;
      } catch (SocketException reset) {
        // Queued at a listener that closed; another listener may still be open.
      }
    }
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawClient finishSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads up to the next prompt, which is not part of the result. */
  String read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(UTF_8).endsWith(PROMPT)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("end of stream after '" + bytes.toString(UTF_8) + "'");
      }
      bytes.write(next);
      while (next != ' ' && (next = in.read()) >= 0) {
        bytes.write(next);
      }
    }
    String text = bytes.toString(UTF_8);
    return text.substring(0, text.length() - PROMPT.length());
  }

  /** Waits for the first byte of what comes next, and leaves it there. */
  void awaitInput() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      throw new IOException("end of stream");
    }
    in.reset();
  }

  /** Sends these bytes and meanwhile reads and drops the answers, until the connection ends. */
  void exchange(byte[] bytes) {
    Thread sender = new Thread(() -> sendQuietly(bytes));
    sender.setDaemon(true);
    sender.start();
    try (OutputStream discard = OutputStream.nullOutputStream()) {
      in.transferTo(discard);
    } catch (IOException e) {
      // The connection was reset.
    }
  }

  private void sendQuietly(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // The connection was reset.
    }
  }

  /** Everything up to the end of the stream. */
  String readAll() throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
