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

/** A client of the TCP server that sends what it is told, byte for byte. */
final class RawClient implements AutoCloseable {
  static final String PROMPT = "?> ";

  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
  }

  static RawClient of(int port) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Comes again and again until nobody is let in; the test's time limit ends a wait in vain. */
  static void awaitClosedDoor(int port) throws IOException {
    for (boolean open = true; open; ) {
      try {
        of(port).close();
      } catch (ConnectException refused) {
        open = false;
      } catch (SocketException reset) {
        // It was on the doorstep when that listener closed; another may still be open.
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

  /** What comes up to the next prompt, which is left out. */
  String read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(UTF_8).endsWith(PROMPT)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the end came after '" + bytes.toString(UTF_8) + "'");
      }
      bytes.write(next);
      while (next != ' ' && (next = in.read()) >= 0) {
        bytes.write(next);
      }
    }
    String text = bytes.toString(UTF_8);
    return text.substring(0, text.length() - PROMPT.length());
  }

  /** Sends all of this and reads what comes meanwhile, until either side has gone. */
  void exchange(byte[] bytes) {
    Thread sender = new Thread(() -> sendQuietly(bytes));
    sender.setDaemon(true);
    sender.start();
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      in.transferTo(nowhere);
    } catch (IOException gone) {
      // That is the end, too.
    }
  }

  private void sendQuietly(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException gone) {
      // Nobody is there any more to be told.
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
