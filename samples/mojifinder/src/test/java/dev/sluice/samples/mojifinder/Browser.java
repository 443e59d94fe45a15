package dev.sluice.samples.mojifinder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headless Chromium, controlled through chromedriver and the WebDriver protocol. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Browser(Process driver, String driverUri, Path profile, int width) throws Exception {
    this.driver = driver;
    JsonNode opened = post(driverUri + "/session", capabilities(profile, width));
    session = driverUri + "/session/" + opened.get("sessionId").textValue();
  }

  /** Empty when it is not installed. */
  static Optional<Browser> open(Path profile, int width) throws Exception {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      System.out.println("Skipped: chromium and chromium-driver are not installed");
      return Optional.empty();
    }
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    BufferedReader out = driver.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Optional.of(
            new Browser(driver, "http://127.0.0.1:" + port.group(1), profile, width));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  private static Map<String, Object> capabilities(Path profile, int width) {
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile);
    Map<String, Object> screen = Map.of("width", width, "height", 900, "pixelRatio", 1.0);
    Map<String, Object> options =
        Map.of(
            "binary", CHROMIUM.toString(),
            "args", arguments,
            "mobileEmulation", Map.of("deviceMetrics", screen));
    return Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options)));
  }

  void visit(String uri) throws Exception {
    post(session + "/url", Map.of("url", uri));
  }

  /** Types into the focused element. */
  void type(String keys) throws Exception {
    String id = get(session + "/element/active").elements().next().textValue();
    post(session + "/element/" + id + "/value", Map.of("text", keys));
  }

  /** Runs the body of a JavaScript function and returns its result. */
  JsonNode run(String body) throws Exception {
    return post(session + "/execute/sync", Map.of("script", body, "args", List.of()));
  }

  /** Waits until a JavaScript condition is true, at most until the time limit of the test. */
  void await(String condition) throws Exception {
    post(
        session + "/execute/async",
        Map.of(
            "script",
            "const done = arguments[0];"
                + "(function look() { ("
                + condition
                + ") ? done(true) : requestAnimationFrame(look) })()",
            "args",
            List.of()));
  }

  private JsonNode get(String uri) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(uri)));
  }

  private JsonNode post(String uri, Object body) throws Exception {
    String json = MAPPER.writeValueAsString(body);
    return send(
        HttpRequest.newBuilder(URI.create(uri)).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.body());
    }
    return MAPPER.readTree(response.body()).get("value");
  }

  @Override
  public void close() throws IOException {
    try {
      send(HttpRequest.newBuilder(URI.create(session)).DELETE());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.descendants().forEach(ProcessHandle::destroy);
      driver.destroy();
    }
  }
}
