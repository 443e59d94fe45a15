package dev.sluice.samples.servers.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request without its body, which no handler of these servers uses.
 *
 * @param path decoded, without the query
 * @param query what follows the question mark, not decoded; empty without one
 * @param minor 0 or 1, of HTTP/1.0 and HTTP/1.1
 * @param fields by name in lower case; the values of a repeated field are joined by commas
 */
public record Request(
    String method, String path, String query, int minor, Map<String, String> fields) {
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  public boolean onlyReads() {
    return isHead() || method.equals("GET");
  }

  /** False after a request with a body: bodies are not read, so the next request is not found. */
  boolean mayStayOpen() {
    String connection = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    boolean wanted = minor == 1 ? !connection.contains("close") : connection.contains("keep-alive");
    return wanted && !hasBody();
  }

  private boolean hasBody() {
    return fields.containsKey("transfer-encoding")
        || !fields.getOrDefault("content-length", "0").equals("0");
  }
}
