package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes as given, including malformed requests, which a real client refuses to send. */
public final class RawHttpClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private RawHttpClient(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
  }

  public static RawHttpClient of(URI uri) throws IOException {
    return new RawHttpClient(new Socket(uri.getHost(), uri.getPort()));
  }

  /** Sends one request on a new connection. */
  public static Answer ask(URI server, String method, String path, String... fields)
      throws IOException {
    try (RawHttpClient client = of(server)) {
      return client.send(request(method, path, fields)).read(!method.equals("HEAD"));
    }
  }

  public static Answer get(URI server, String path, String... fields) throws IOException {
    return ask(server, "GET", path, fields);
  }

  public static String request(String method, String path, String... fields) {
    String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return method + " " + path + " HTTP/1.1\r\nHost: test\r\n" + lines + "\r\n";
  }

  public RawHttpClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  public RawHttpClient finishSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  public Answer read() throws IOException {
    return read(true);
  }

  public Answer read(boolean withBody) throws IOException {
    String status = line();
    Map<String, String> fields = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(": ");
      fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    int length = withBody ? Integer.parseInt(fields.getOrDefault("content-length", "0")) : 0;
    return new Answer(status, fields, new String(in.readNBytes(length), ISO_8859_1));
  }

  public boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended after '" + line + "'");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A response. The body has one character per byte. */
  public record Answer(String statusLine, Map<String, String> fields, String body) {
    public int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
    }

    public String field(String name) {
      return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }
}
