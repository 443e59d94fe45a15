package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpDate;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagServerTest {
  private FlagServer server;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(HttpServerSettings.onLoopback());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void hasAUri() {
    assertTrue(server.uri().toString().matches("http://127\\.0\\.0\\.1:\\d+/flags"));
  }

  @Test
  void servesAFlagAndItsCountry() throws IOException {
    RawHttpClient.Answer flag = RawHttpClient.get(server.uri(), "/flags/br/br.gif");
    assertEquals("HTTP/1.1 200 OK", flag.statusLine());
    assertEquals("image/gif", flag.field("Content-Type"));
    assertTrue(flag.body().startsWith("GIF89a"));

    RawHttpClient.Answer country = RawHttpClient.get(server.uri(), "/flags/br/metadata.json");
    assertEquals("application/json", country.field("Content-Type"));
    assertEquals("{\"country\": \"Brazil\", \"gif_cc\": \"BR\"}", country.body().strip());
  }

  @Test
  void servesEveryFlagWithItsCountry() throws IOException {
    List<String> codes = FlagFiles.codes();
    assertEquals(server.flags(), codes.size());
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      for (String code : codes) {
        assertEquals(200, client.send(get("/flags/" + code + "/" + code + ".gif")).read().status());
        assertEquals(200, client.send(get("/" + code + "/metadata.json")).read().status());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/br/br.gif",
        "/flags/br/br.gif?size=big",
        "/flags/%62r/br%2Egif",
        "http://elsewhere/flags/br/br.gif"
      })
  void servesAFlagUnderEachFormOfItsPath(String path) throws IOException {
    String flag = RawHttpClient.get(server.uri(), "/flags/br/br.gif").body();
    assertEquals(flag, RawHttpClient.get(server.uri(), path).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/flags",
        "/flags/br",
        "/flags/br/",
        "/flags/br/in.gif",
        "/flags/BR/BR.gif",
        "/flags/zz/zz.gif",
        "/flags/flags/br/br.gif",
        "/flags/index.properties",
        "/b",
        "//",
        "/flags/../flags/index.properties",
        "/flags/%2e%2e/Main.class",
        "/br/br.gif/",
        "http://host"
      })
  void answersOtherPathsWith404(String path) throws IOException {
    RawHttpClient.Answer answer = RawHttpClient.get(server.uri(), path);
    assertEquals(404, answer.status());
    assertTrue(answer.body().startsWith("404 Not Found: "), answer.body());
  }

  @Test
  void answersHeadWithTheFieldsOfGet() throws IOException {
    RawHttpClient.Answer whole = RawHttpClient.get(server.uri(), "/flags/br/br.gif");
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      // The second response follows immediately, so the first one has no body.
      client.send(RawHttpClient.request("HEAD", "/flags/br/br.gif") + get("/flags/br/br.gif"));
      RawHttpClient.Answer head = client.read(false);
      assertEquals(whole.field("Content-Length"), head.field("Content-Length"));
      assertEquals(whole.field("ETag"), head.field("ETag"));
      assertEquals(whole.body(), client.read().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW", "get"})
  void refusesOtherMethods(String method) throws IOException {
    RawHttpClient.Answer answer = RawHttpClient.ask(server.uri(), method, "/flags/br/br.gif");
    assertEquals(405, answer.status());
    assertEquals("GET, HEAD", answer.field("Allow"));
  }

  @Test
  void sendsTheDate() throws IOException {
    assertTrue(HttpDate.parse(RawHttpClient.get(server.uri(), "/").field("Date")).isPresent());
  }

  private static String get(String path) {
    return RawHttpClient.request("GET", path);
  }
}
