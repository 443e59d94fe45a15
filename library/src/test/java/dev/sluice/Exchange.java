package dev.sluice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One request to a {@link RawServer} and the way to answer it. */
public final class Exchange {
  private final Socket socket;
  private final List<String> head;

  private Exchange(Socket socket, List<String> head) {
    this.socket = socket;
    this.head = head;
  }

  static @Nullable Exchange next(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        return null;
      }
      head.append((char) read);
    }
    return new Exchange(socket, head.toString().lines().toList());
  }

  /** The target of the request line, unchanged. */
  public String path() {
    return head.get(0).replaceFirst("^\\S+ ", "").replaceFirst(" HTTP/1.1$", "");
  }

  /** The request line and the header lines, unchanged. */
  public List<String> head() {
    return head;
  }

  /** Reads the body of a request that has a Content-Length. */
  public byte[] body() throws IOException {
    int length =
        head.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    return socket.getInputStream().readNBytes(length);
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  /** Closes the connection with FIN. */
  public void hangUp() throws IOException {
    socket.shutdownOutput();
    socket.close();
  }

  /** Closes the connection with RST; data sent before may be lost. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Sends nothing more and waits until the client has closed the connection. */
  public void untilTheClientLeaves() throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // The socket cannot be used any more either way.
    }
  }
}
