package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges and conditional requests (RFC 9110, sections 13 and 14). */
class RangesAndConditionsTest {
  private static final String PATH = "/flags/br/br.gif";
  private static final String LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String FAR_AHEAD = "Sat, 06 Nov 2094 08:49:37 GMT";

  private FlagServer server;
  private RawHttpClient.Answer whole;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(HttpServerSettings.onLoopback());
    whole = RawHttpClient.get(server.uri(), PATH);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsARange() throws IOException {
    RawHttpClient.Answer part = RawHttpClient.get(server.uri(), PATH, "Range: bytes=6-9");
    assertEquals(206, part.status());
    assertEquals("bytes 6-9/" + whole.body().length(), part.field("Content-Range"));
    assertEquals("4", part.field("Content-Length"));
    assertEquals("image/gif", part.field("Content-Type"));
    assertEquals(whole.body().substring(6, 10), part.body());
  }

  @Test
  void sendsASuffixRange() throws IOException {
    String end = RawHttpClient.get(server.uri(), PATH, "Range: bytes=-3").body();
    int length = whole.body().length();
    assertEquals(whole.body().substring(length - 3), end);
  }

  @Test
  void twoRangesMakeTheWholeFile() throws IOException {
    String start = RawHttpClient.get(server.uri(), PATH, "Range: bytes=0-99").body();
    String rest = RawHttpClient.get(server.uri(), PATH, "Range: bytes=100-").body();
    assertEquals(whole.body(), start + rest);
  }

  @Test
  void answersARangeBehindTheEndWith416AndTheLength() throws IOException {
    RawHttpClient.Answer answer = RawHttpClient.get(server.uri(), PATH, "Range: bytes=999999-");
    assertEquals(416, answer.status());
    assertEquals("bytes */" + whole.body().length(), answer.field("Content-Range"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"GET | Range: bytes=0-1,4-5", "GET | Range: pages=1-2", "HEAD | Range: bytes=0-1"})
  void ignoresOtherRangesAndSendsTheWholeFile(String method, String field) throws IOException {
    RawHttpClient.Answer answer = RawHttpClient.ask(server.uri(), method, PATH, field);
    assertEquals(200, answer.status());
    assertEquals(whole.field("Content-Length"), answer.field("Content-Length"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match: TAG | 304",
        "If-None-Match: W/TAG | 304",
        "If-None-Match: \"other\", TAG | 304",
        "If-None-Match: * | 304",
        "If-None-Match: \"other\" | 200",
        "If-Modified-Since: MODIFIED | 304",
        "If-Modified-Since: " + FAR_AHEAD + " | 304",
        "If-Modified-Since: " + LONG_AGO + " | 200",
        "If-Modified-Since: last week | 200",
        "If-Match: TAG | 200",
        "If-Match: * | 200",
        "If-Match: W/TAG | 412",
        "If-Match: \"other\" | 412",
        "If-Unmodified-Since: MODIFIED | 200",
        "If-Unmodified-Since: " + LONG_AGO + " | 412"
      })
  void evaluatesACondition(String condition, int status) throws IOException {
    assertEquals(status, RawHttpClient.get(server.uri(), PATH, filled(condition)).status());
    assertEquals(status, RawHttpClient.ask(server.uri(), "HEAD", PATH, filled(condition)).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match: \"other\" | If-Modified-Since: " + FAR_AHEAD + " | 200",
        "If-Match: TAG | If-Unmodified-Since: " + LONG_AGO + " | 200",
        "If-Match: \"other\" | If-None-Match: * | 412",
        "Range: bytes=0-1 | If-None-Match: * | 304",
        "Range: bytes=0-1 | If-Range: TAG | 206",
        "Range: bytes=0-1 | If-Range: MODIFIED | 206",
        "Range: bytes=0-1 | If-Range: W/TAG | 200",
        "Range: bytes=0-1 | If-Range: \"other\" | 200",
        "Range: bytes=0-1 | If-Range: " + FAR_AHEAD + " | 200",
        "Range: bytes=999999- | If-Range: \"other\" | 200"
      })
  void evaluatesConditionsInTheOrderOfTheRfc(String first, String second, int status)
      throws IOException {
    assertEquals(
        status, RawHttpClient.get(server.uri(), PATH, filled(first), filled(second)).status());
  }

  @Test
  void sends304WithTheTagAndWithoutABody() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      client.send(
          RawHttpClient.request("GET", PATH, "If-None-Match: *")
              + RawHttpClient.request("GET", PATH));
      RawHttpClient.Answer unchanged = client.read();
      assertEquals(whole.field("ETag"), unchanged.field("ETag"));
      assertEquals("", unchanged.field("Content-Length"));
      assertEquals(200, client.read().status());
    }
  }

  @Test
  void givesEachFileItsOwnTag() throws IOException {
    assertNotEquals(
        whole.field("ETag"), RawHttpClient.get(server.uri(), "/flags/in/in.gif").field("ETag"));
  }

  private String filled(String field) {
    return field
        .replace("TAG", whole.field("ETag"))
        .replace("MODIFIED", whole.field("Last-Modified"));
  }
}
