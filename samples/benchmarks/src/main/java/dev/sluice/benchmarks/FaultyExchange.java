package dev.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * A request to the faulty server, and ways to answer it.
 *
 * @param socket its connection
 * @param head the request line and the header lines
 * @param number how many requests for the same file there were, with this one
 */
record FaultyExchange(Socket socket, List<String> head, int number) {
  /** That of each file, as it is now. */
  static final String ETAG = "\"1\"";

  /** How many bytes each file has. */
  static final int LENGTH = 300_000;

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  void send(byte[] content, int start, int end) throws IOException {
    socket.getOutputStream().write(content, start, end - start);
  }

  void status(String status, String fields) throws IOException {
    send("HTTP/1.1 " + status + "\r\n" + fields + "Content-Length: 0\r\n\r\n");
  }

  void whole(byte[] content) throws IOException {
    send(headOfWhole(content, ""));
    send(content, 0, content.length);
  }

  /** Sends the head of the whole file, and half of its content. */
  void half(byte[] content, String etag) throws IOException {
    send(headOfWhole(content, "ETag: " + etag + "\r\nAccept-Ranges: bytes\r\n"));
    send(content, 0, content.length / 2);
  }

  /** What RFC 9110 asks for: the range if the validator is that of the file, else the file. */
  void rangeOrWhole(byte[] content, String etag) throws IOException {
    boolean isSame = field("If-Range").map(etag::equals).orElse(true);
    if (rangeStart() > 0 && isSame) {
      range(content, rangeStart(), etag, "");
    } else {
      send(headOfWhole(content, "ETag: " + etag + "\r\nAccept-Ranges: bytes\r\n"));
      send(content, 0, content.length);
    }
  }

  void range(byte[] content, int start, String etag, String fields) throws IOException {
    send(
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
            + (start + "-" + (content.length - 1) + "/" + content.length)
            + ("\r\nETag: " + etag + "\r\n" + fields)
            + ("Content-Length: " + (content.length - start) + "\r\n\r\n"));
    send(content, start, content.length);
  }

  private static String headOfWhole(byte[] content, String fields) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\n" + fields + "\r\n";
  }

  /** The first byte that the client asks for; 0 if it asks for the whole file. */
  int rangeStart() {
    return field("Range")
        .map(range -> Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1")))
        .orElse(0);
  }

  private Optional<String> field(String name) {
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  void hangUp() throws IOException {
    socket.shutdownOutput();
    socket.close();
  }

  void untilTheClientLeaves() throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
