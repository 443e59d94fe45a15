package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebServerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static WebServer server;

  @BeforeAll
  static void start() throws IOException {
    server = WebServer.start(CharIndex.ofUnicode(), ListenSettings.onLoopback());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void answersASearchAsJson() throws Exception {
    HttpResponse<byte[]> response = get("/search?q=cat+face");
    assertEquals(200, response.statusCode());
    assertEquals("application/json; charset=utf-8", field(response, "content-type"));
    assertEquals("10", field(response, "x-total-count"));
    assertEquals("18.0.0", field(response, "x-unicode-version"));
    assertTrue(
        text(response).startsWith("[{\"char\":\"🐱\",\"name\":\"CAT FACE\"},{\"char\":\"😸\""));
  }

  @ParameterizedTest
  @CsvSource({"quotation+mark,\"", "reverse+solidus,\\", "latin+capital+letter+a+with+diaeresis,Ä"})
  void escapesCharactersThatJsonReserves(String query, String character) throws Exception {
    assertEquals(character, json(get("/search?q=" + query)).get(0).get("char").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=", "q=+", "q=brillig", "q=%3Cscript%3E", "limit=3&q=", "q=%00"})
  void findsNothingWithoutKnownWords(String parameters) throws Exception {
    assertEquals("[]", text(get("/search?" + parameters)));
  }

  @ParameterizedTest
  @CsvSource({
    "'',q is missing: /search?q=cat+face",
    "?,q is missing: /search?q=cat+face",
    "?query=cat,q is missing: /search?q=cat+face",
    "?q=%FF,q is not UTF-8",
    "?q=%C3%28,q is not UTF-8",
    "?q=a&limit=0,limit is '0': allowed are 1 to 1114112",
    "?q=a&limit=1114113,limit is '1114113': allowed are 1 to 1114112",
    "?q=a&limit=many,limit is 'many': allowed are 1 to 1114112",
    "?q=a&offset=-1,offset is '-1': allowed are 0 to 1114111",
  })
  void refusesParametersThatAreNotAllowed(String parameters, String why) throws Exception {
    HttpResponse<byte[]> response = get("/search" + parameters);
    assertEquals(400, response.statusCode());
    assertEquals(why, json(response).get("error").textValue());
    assertEquals("no-store", field(response, "cache-control"));
  }

  @Test
  void refusesAQueryOfMoreThan200Characters() throws Exception {
    assertEquals(200, get("/search?q=" + "%F0%9F%90%B1".repeat(200)).statusCode());
    assertEquals(400, get("/search?q=" + "%F0%9F%90%B1".repeat(201)).statusCode());
    assertEquals(414, get("/search?q=" + "a".repeat(5_000)).statusCode());
    assertEquals(400, get("/search?q=%22%5C%0A&limit=%22%5C%0A").statusCode());
  }

  @Test
  void linksToTheNextPageUntilTheLast() throws Exception {
    List<String> names = new ArrayList<>();
    String path = "/search?q=greek+letter&limit=100";
    while (!path.isEmpty()) {
      HttpResponse<byte[]> response = get(path);
      json(response).forEach(each -> names.add(each.get("name").textValue()));
      String link = field(response, "link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    List<String> expected =
        CharIndex.ofUnicode()
            .search("greek letter")
            .names()
            .map(CharName::name)
            .toList()
            .blockingGet();
    assertEquals(expected, names);
    assertTrue(names.size() > 300);
  }

  @Test
  void compressesLargeBodiesOnly() throws Exception {
    for (String path : List.of("/search?q=letter", "/", "/mojifinder.js", "/openapi.json")) {
      HttpResponse<byte[]> packed = get(path, "Accept-Encoding", "br, gzip;q=0.5");
      assertEquals("gzip", field(packed, "content-encoding"), path);
      assertEquals("accept-encoding", field(packed, "vary"), path);
      byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
      assertEquals(text(get(path)), new String(plain, UTF_8), path);
    }
    assertEquals("", field(get("/", "Accept-Encoding", "gzip;q=0"), "content-encoding"));
    assertEquals("", field(get("/search?q=lamp", "Accept-Encoding", "gzip"), "content-encoding"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/docs", "/mojifinder.css", "/openapi.json", "/search?q=cat"})
  void answers304WhenNothingHasChanged(String path) throws Exception {
    String tag = field(get(path), "etag");
    assertFalse(tag.isEmpty());
    HttpResponse<byte[]> again = get(path, "If-None-Match", "\"x\", " + tag);
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
    assertEquals(200, get(path, "If-None-Match", "\"x\"").statusCode());
    assertFalse(field(again, "cache-control").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/docs", "/search?q=cat", "/search", "/nowhere", "/healthz"})
  void sendsSecurityHeadersWithEveryResponse(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertTrue(field(response, "content-security-policy").startsWith("default-src 'none'"));
    assertTrue(field(response, "content-security-policy").contains("frame-ancestors 'none'"));
    assertEquals("nosniff", field(response, "x-content-type-options"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/docs", "/mojifinder.css", "/mojifinder.js"})
  void loadsNothingFromOtherHosts(String path) throws Exception {
    String page = text(get(path)).replace("http://127.0.0.1:8080/", "");
    assertFalse(page.contains("://"), path);
    assertFalse(page.contains("@import"), path);
    assertFalse(page.contains("innerHTML"), path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/docs", "/openapi.json"})
  void saysTheUnicodeVersion(String path) throws Exception {
    assertTrue(text(get(path)).contains("Unicode 18.0.0"), path);
  }

  @Test
  void findsCharactersNewerThanTheJdk() throws Exception {
    JsonNode found = json(get("/search?q=melting+face"));
    assertEquals("MELTING FACE", found.get(0).get("name").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sign", "ideograph"})
  void returnsAllResultsWithoutALimit(String query) throws Exception {
    int count = CharIndex.ofUnicode().search(query).count();
    assertTrue(count > ResultStream.CHUNK_ROWS, query);
    HttpResponse<byte[]> plain = get("/search?q=" + query);
    assertEquals(count, json(plain).size());
    assertEquals(String.valueOf(count), field(plain, "x-total-count"));
    assertEquals("", field(plain, "link"));
    HttpResponse<byte[]> packed = get("/search?q=" + query, "Accept-Encoding", "gzip");
    assertArrayEquals(
        plain.body(), new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
  }

  @Test
  void sendsALongResultToAnHttp10Client() throws Exception {
    String response = answer("GET /search?q=sign HTTP/1.0\r\n\r\n");
    int count = CharIndex.ofUnicode().search("sign").count();
    assertEquals(count, MAPPER.readTree(response.substring(response.indexOf('['))).size());
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1, '', 400",
    "GET / HTTP/1.1, Host: a|Host: a, 400",
    "GET / HTTP/1.1, Host: a|Host: b, 400",
    "GET / HTTP/1.0, Host: a|Host: b, 400",
    "GET / HTTP/1.1, Host: a b, 400",
    "GET / HTTP/1.1, 'Host: a, b', 400",
    "GET / HTTP/1.1, Host:, 400",
    "GET / HTTP/1.1, Host: :80, 400",
    "GET / HTTP/1.1, Host: u@a, 400",
    "GET / HTTP/1.1, Host: a:x, 400",
    "GET / HTTP/1.1, Host: [::1, 400",
    "GET / HTTP/2.0, Host: a, 505",
    "GET / HTTP/0.9, Host: a, 505",
    "GET / HTTP/1.1, Host: a|X: a| b, 400",
    "GET / HTTP/1.1, Host: a|X: a|\tb, 400",
    "GET / HTTP/1.1, ' X: a|Host: a', 400",
    "GET / HTTP/1.1, Host: a|X : a, 400",
    "GET / HTTP/1.1, Host: a|: a, 400",
    "GET / HTTP/1.1, Host: a|X: a^b, 400",
    "GET /^ HTTP/1.1, Host: a, 400",
    "GET * HTTP/1.1, Host: a, 400",
    "GET x HTTP/1.1, Host: a, 400",
    "GET /# HTTP/1.1, Host: a, 400",
    "GET /\u00e9 HTTP/1.1, Host: a, 400",
    "GET ftp://a/ HTTP/1.1, Host: a, 400",
    "GET http:/// HTTP/1.1, Host: a, 400",
    "GET http://u@a/ HTTP/1.1, Host: a, 400",
    "GET http://a/ HTTP/1.1, X: a, 400",
    "get / HTTP/1.1, Host: a, 405",
    "GET / HTTP/1.1, Host: a|Transfer-Encoding: chunked|Content-Length: 5, 400",
    "GET / HTTP/1.1, Host: a|Transfer-Encoding: gzip, 400",
    "GET / HTTP/1.1, 'Host: a|Transfer-Encoding: gzip, chunked', 501",
    "GET / HTTP/1.0, Transfer-Encoding: chunked, 400",
    "GET / HTTP/1.1, 'Host: a|Content-Length: 5, 5', 400",
    "GET / HTTP/1.1, Host: a|Content-Length: +5, 400",
    "GET / HTTP/1.1, Host: a|Content-Length: 5 5, 400",
    "GET / HTTP/1.1, Host: a|Content-Length: -1, 400",
    "GET / HTTP/1.1, Host: a|Content-Length: 1|Content-Length: 2, 400",
    "GET /, Host: a, 400",
    "POST / HTTP/1.1, Host: a|Content-Length: 0, 405",
  })
  void refusesAWrongRequestAndClosesTheConnection(String line, String fields, int status)
      throws Exception {
    String head = line + "|" + fields + "||";
    String response = answer(head.replace("|", "\r\n").replace('^', '\r'));
    assertTrue(response.matches("(?s)HTTP/1.[01] " + status + " .*"), response);
    assertTrue(response.contains("\r\nx-content-type-options: nosniff\r\n"), response);
    assertTrue(response.contains("\r\n\r\n{\"error\":\""), response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "keep-alive, close", "x,CLOSE"})
  void closesTheConnectionIfTheRequestSaysSo(String options) throws Exception {
    String request = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: " + options + "\r\n\r\n";
    String response = answer(request);
    assertTrue(response.endsWith("{\"status\":\"ok\"}\n"), response);
    assertTrue(response.contains("connection: close\r\n"), response);
  }

  @Test
  void refusesWebSockets() throws Exception {
    String fields = "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
    String key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    String upgrade = "GET / HTTP/1.1\r\n" + fields + key + "\r\n";
    String last = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    assertTrue(answer(upgrade + last).startsWith("HTTP/1.1 400 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/healthz HTTP/1.2", "http://a/healthz HTTP/1.1", "HTTP://b:80/healthz HTTP/1.1"})
  void acceptsLaterMinorVersionsAndWholeUrls(String target) throws Exception {
    String response = answer("GET " + target + "\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "/", "/search?q=cat"})
  void saysWhichMethodsItHas(String target) throws Exception {
    String response =
        answer("OPTIONS " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertTrue(response.startsWith("HTTP/1.1 204 No Content\r\n"), response);
    assertTrue(response.contains("\r\nallow: GET, HEAD, OPTIONS\r\n"), response);
  }

  @Test
  void aLineMayBeginInAnyPacket() throws Exception {
    try (RawClient client = RawClient.connect(server.port())) {
      for (String part :
          List.of("GET /", "healthz HTTP/1.1\r", "\n", "Host: a\r\n", "X: a\r\n", " b\r\n\r\n")) {
        client.send(part);
      }
      assertTrue(client.readAll().startsWith("HTTP/1.1 400 "));
    }
  }

  @Test
  void acceptsHttp10WithoutAHost() throws Exception {
    assertTrue(answer("GET /healthz HTTP/1.0\r\n\r\n").contains(" 200 OK"));
  }

  /** All that the server sends until it closes the connection. */
  private static String answer(String request) throws IOException {
    try (RawClient client = RawClient.connect(server.port())) {
      return client.send(request).readAll();
    }
  }

  @Test
  void describesItsPathsAndLimits() throws Exception {
    JsonNode paths = json(get("/openapi.json")).get("paths");
    String docs = text(get("/docs"));
    paths.fieldNames().forEachRemaining(path -> assertTrue(docs.contains("GET " + path), path));
    assertEquals(2, paths.size());
    assertEquals(
        SearchRequest.MAX_QUERY,
        paths.at("/~1search/get/parameters/0/schema/maxLength").intValue());
    assertEquals(
        SearchRequest.MAX_LIMIT, paths.at("/~1search/get/parameters/1/schema/maximum").intValue());
    assertEquals("ok", json(get("/healthz")).get("status").textValue());
  }

  @Test
  void allowsOnlyGetAndHead() throws Exception {
    HttpResponse<byte[]> head =
        send(request("/search?q=cat+face").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    HttpResponse<byte[]> post =
        send(request("/search").POST(HttpRequest.BodyPublishers.ofString("q=cat")));
    assertEquals(405, post.statusCode());
    assertEquals("GET, HEAD, OPTIONS", field(post, "allow"));
    assertEquals(404, get("/../etc/passwd").statusCode());
  }

  @Test
  void answersAThousandClients() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    String request = "GET /search?q=lamp HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    for (int i = 0; i < 1_000; i++) {
      clients.add(RawClient.connect(server.port()));
    }
    for (RawClient each : clients) {
      each.send(request);
    }
    for (RawClient each : clients) {
      assertTrue(each.readAll().endsWith("\"name\":\"DIYA LAMP\"}]"));
      each.close();
    }
  }

  @Test
  void answersOthersWhileOneClientPipelinesAndDoesNotRead() throws Exception {
    try (RawClient client = RawClient.connect(server.port())) {
      String request = "GET /search?q=letter&limit=1000 HTTP/1.1\r\nHost: test\r\n\r\n";
      client.send(request.repeat(2_000));
      assertEquals(200, get("/search?q=lamp").statusCode());
      client.finishSending();
    }
  }

  @Test
  void closesTheListenerAtOnceWhileThirtyClientsPipelineAndDoNotRead() throws Exception {
    WebServer other = WebServer.start(CharIndex.ofUnicode(), ListenSettings.onLoopback());
    String request =
        "GET /search?q=letter&limit=1000 HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\n\r\n";
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      clients.add(RawClient.connect(other.port()).send(request.repeat(1_000)));
    }
    int port = other.port();
    CompletableFuture<Void> end = CompletableFuture.runAsync(other::close);
    RawClient.awaitRefused(port);
    assertFalse(end.isDone());
    end.get();
    for (RawClient each : clients) {
      each.close();
    }
  }

  @Test
  void closesIdleConnectionsAtOnce() throws IOException {
    WebServer other = WebServer.start(CharIndex.ofUnicode(), ListenSettings.onLoopback());
    try (RawClient waiting = RawClient.connect(other.port())) {
      other.close();
      assertEquals("", waiting.readAll());
    }
  }

  private static HttpResponse<byte[]> get(String path, String... fields) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(fields.length == 0 ? request : request.headers(fields));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(
        request.version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofByteArray());
  }

  private static String field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return MAPPER.readTree(response.body());
  }
}
