package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.Exchange;
import dev.sluice.RawServer;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves files with ETags, ranges and conditions as RFC 9110 says, unless a script for a path
 * answers otherwise.
 */
final class RangeServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("(?i)Range: bytes=(\\d+)-(\\d*)");

  private final RawServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<List<String>> heads = new CopyOnWriteArrayList<>();

  /** Answers in another way than the rules say; false to leave it to them. */
  @FunctionalInterface
  interface Script {
    boolean answer(Exchange exchange, byte[] file) throws IOException;
  }

  RangeServer() {
    this("127.0.0.1");
  }

  /** On an address of loopback. */
  RangeServer(String address) {
    server = RawServer.at(address, 0, this::answer);
  }

  /** As one that was closed, with its files and without its scripts. */
  RangeServer(RangeServer before) {
    files.putAll(before.files);
    server = RawServer.at("127.0.0.1", before.raw().base().getPort(), this::answer);
  }

  static byte[] content(int seed, int length) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }

  URI serve(String path, byte[] content) {
    files.put("/" + path, content);
    return server.base().resolve(path);
  }

  void script(String path, Script script) {
    scripts.put("/" + path, script);
  }

  RawServer raw() {
    return server;
  }

  /** All requests: request lines and headers. */
  List<List<String>> requests() {
    return heads;
  }

  private void answer(Exchange exchange) throws IOException {
    heads.add(exchange.head());
    byte[] file = files.get(exchange.path());
    if (file == null) {
      exchange.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    Script script = scripts.get(exchange.path());
    if (script == null || !script.answer(exchange, file)) {
      byRules(exchange, file);
    }
  }

  static void byRules(Exchange exchange, byte[] file) throws IOException {
    String etag = etag(file);
    if (etag.equals(header(exchange, "If-None-Match"))) {
      exchange.send("HTTP/1.1 304 Not Modified\r\nETag: " + etag + "\r\n\r\n");
      return;
    }
    String ifRange = header(exchange, "If-Range");
    int from = ifRange == null || ifRange.equals(etag) ? firstByte(exchange) : -1;
    if (from < 0) {
      exchange.send(ok(file));
      exchange.send(file);
    } else if (from >= file.length) {
      exchange.send(
          "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */"
              + file.length
              + "\r\nETag: "
              + etag
              + "\r\nContent-Length: 0\r\n\r\n");
    } else {
      int to = lastByte(exchange, file);
      exchange.send(partHead(file, from, to));
      exchange.send(Arrays.copyOfRange(file, from, to + 1));
    }
  }

  static String ok(byte[] file) {
    return "HTTP/1.1 200 OK\r\nETag: "
        + etag(file)
        + "\r\nAccept-Ranges: bytes\r\nContent-Length: "
        + file.length
        + "\r\n\r\n";
  }

  static String partHead(byte[] file, int from) {
    return partHead(file, from, file.length - 1);
  }

  static String partHead(byte[] file, int from, int to) {
    return "HTTP/1.1 206 Partial Content\r\nETag: "
        + etag(file)
        + "\r\nContent-Range: bytes "
        + from
        + "-"
        + to
        + "/"
        + file.length
        + "\r\nContent-Length: "
        + (to - from + 1)
        + "\r\n\r\n";
  }

  static byte[] rest(byte[] file, int from) {
    return Arrays.copyOfRange(file, from, file.length);
  }

  static byte[] firstHalf(byte[] file) {
    return Arrays.copyOf(file, file.length / 2);
  }

  static String etag(byte[] file) {
    return "\"" + Integer.toHexString(Arrays.hashCode(file)) + "\"";
  }

  /** The first byte that is asked for; negative if the whole file is. */
  static int firstByte(Exchange exchange) {
    Matcher range = range(exchange);
    return range == null ? -1 : Integer.parseInt(range.group(1));
  }

  /** The last byte that is asked for. */
  static int lastByte(Exchange exchange, byte[] file) {
    Matcher range = range(exchange);
    return range == null || range.group(2).isEmpty()
        ? file.length - 1
        : Math.min(Integer.parseInt(range.group(2)), file.length - 1);
  }

  private static @Nullable Matcher range(Exchange exchange) {
    return exchange.head().stream()
        .map(RANGE::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .orElse(null);
  }

  static @Nullable String header(Exchange exchange, String name) {
    String start = name + ": ";
    return exchange.head().stream()
        .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public void close() {
    server.close();
  }
}
