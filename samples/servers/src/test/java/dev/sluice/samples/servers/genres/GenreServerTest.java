package dev.sluice.samples.servers.genres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenreServerTest {
  private static final String PATH = "/wp-json/genrenator/v1/genre/";
  private static final String GENRE = "\"[\\p{L}\\- ]{3,80}\"";

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = GenreServer.start(HttpServerSettings.onLoopback().withSeed(7));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsOneGenreAsAJsonString() throws IOException {
    RawHttpClient.Answer answer = RawHttpClient.get(server.uri(), PATH);
    assertEquals(200, answer.status());
    assertEquals("application/json; charset=utf-8", answer.field("Content-Type"));
    assertTrue(answer.body().matches(GENRE), answer.body());
  }

  @Test
  void sendsManyGenresAsAnArray() throws IOException {
    for (int count : new int[] {1, 3, 1_000}) {
      String bytes = RawHttpClient.get(server.uri(), PATH + count).body();
      String body = new String(bytes.getBytes(ISO_8859_1), UTF_8);
      String array = "\\[" + GENRE + "(," + GENRE + "){" + (count - 1) + "}\\]";
      assertTrue(body.matches(array), body);
    }
  }

  @Test
  void inventsDifferentGenresAndTheSameOnesForTheSameSeed() throws IOException {
    String hundred = RawHttpClient.get(server.uri(), PATH + 100).body();
    Set<String> different = new HashSet<>(List.of(hundred.split(",")));
    assertTrue(different.size() > 80, hundred);
    try (HttpServer same = GenreServer.start(HttpServerSettings.onLoopback().withSeed(7));
        HttpServer other = GenreServer.start(HttpServerSettings.onLoopback().withSeed(8))) {
      assertEquals(hundred, RawHttpClient.get(same.uri(), PATH + 100).body());
      assertNotEquals(hundred, RawHttpClient.get(other.uri(), PATH + 100).body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /wp-json/genrenator/v1/genre,         200",
    "GET,  /wp-json/genrenator/v1/genre/3/,      200",
    "HEAD, /wp-json/genrenator/v1/genre/,        200",
    "GET,  /wp-json/genrenator/v1/genre/0,       400",
    "GET,  /wp-json/genrenator/v1/genre/1001,    400",
    "GET,  /wp-json/genrenator/v1/genre/99999999999999999999, 400",
    "GET,  /wp-json/genrenator/v1/genre/x,       404",
    "GET,  /wp-json/genrenator/v1/genre/-1,      404",
    "GET,  /wp-json/genrenator/v1/genre//,       404",
    "GET,  /wp-json/genrenator/v1/genrex,        404",
    "GET,  /wp-json/genrenator/v1/genre/3/4,     404",
    "GET,  /,                                    404",
    "POST, /wp-json/genrenator/v1/genre/,        405",
  })
  void refusesOtherPathsAndMethods(String method, String path, int status) throws IOException {
    assertEquals(status, RawHttpClient.ask(server.uri(), method, path).status());
  }

  @Test
  void theCommandRefusesInvalidOptions() {
    Run run = Run.of("genre-server", "--port", "99999");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("allowed are 0 (any that is free) to 65535"), run.err());
    assertTrue(Run.of("genre-server", "--help").out().contains("Default: 8003"));
  }

  @Test
  void theCommandSaysThatThePortIsInUse() {
    Run run = Run.of("genre-server", "--port", String.valueOf(server.uri().getPort()));
    assertEquals(1, run.status());
    assertTrue(run.err().contains("on 127.0.0.1 is in use"), run.err());
    assertEquals(1, run.err().lines().count());
  }
}
