package dev.sluice.samples.sitecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status and first characters of pages, each with an HTTP client of its own. */
class SitecheckTest {
  @Test
  void showsTheFastestFirstWithSeventeenCharacters() throws IOException {
    try (HttpServer slow = site(HttpServerSettings.onLoopback().withDelay(DelayRange.parse("1s")));
        HttpServer quick = site(HttpServerSettings.onLoopback())) {
      Run run = Run.of("sitecheck", slow.uri() + "/page", quick.uri() + "/page");
      assertEquals(0, run.status(), run.err());
      List<String> lines = run.out().lines().toList();
      assertEquals(quick.uri() + "/page: 200 <!doctype html> é", lines.get(0));
      assertEquals(slow.uri() + "/page: 200 <!doctype html> é", lines.get(1));
      assertEquals("2 sites checked.", lines.get(3));
    }
  }

  @Test
  void showsAnyStatusAsAnAnswer() throws IOException {
    try (HttpServer site = site(HttpServerSettings.onLoopback())) {
      Run run = Run.of("sitecheck", site.uri() + "/none", site.uri() + "/empty?q=1", "-m1");
      assertEquals(0, run.status());
      assertTrue(run.out().contains("/none: 404\n"), run.out());
      assertTrue(run.out().contains("/empty?q=1: 200\n"), run.out());
    }
  }

  @Test
  void continuesAfterASiteThatRefusesConnections() throws IOException {
    try (HttpServer site = site(HttpServerSettings.onLoopback())) {
      Run run = Run.of("sitecheck", "http://127.0.0.1:1/", site.uri() + "/page");
      assertEquals(1, run.status());
      assertTrue(run.out().contains("http://127.0.0.1:1/: error: "), run.out());
      assertTrue(run.out().contains("1 site checked.\n1 error.\n"), run.out());
    }
  }

  @Test
  void opensAndClosesASessionForEachSite() throws IOException {
    try (HttpServer site = site(HttpServerSettings.onLoopback())) {
      String good = site.uri() + "/page";
      String dead = "http://127.0.0.1:1/";
      Run run = Run.of("sitecheck", "-v", "-m1", good, dead);
      List<String> lines = run.out().lines().toList();
      assertEquals(
          List.of(good + ": session opened", good + ": session closed"), told(lines, good));
      assertEquals(
          List.of(dead + ": session opened", dead + ": session closed"), told(lines, dead));
      assertTrue(
          lines.indexOf(good + ": session closed")
              < lines.indexOf(good + ": 200 <!doctype html> é"),
          run.out());
      assertEquals("", run.err());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sitecheck                    | URL is missing",
        "sitecheck ftp://127.0.0.1/   | 'ftp://127.0.0.1/' is not a site: allowed are http(s)",
        "sitecheck http://u:p@h/      | is not a site",
        "sitecheck http://            | is not a site",
        "sitecheck u:secret@h:1       | 'https://h:1' is not a site",
        "sitecheck u:se/cret@h        | 'https://h' is not a site",
        "sitecheck http:/127.0.0.1:1  | 'http:/127.0.0.1:1' is not a site",
        "sitecheck https:h            | 'https:h' is not a site",
        "sitecheck -m 0 http://h      | '0': allowed are 1 and more",
      })
  void refusesWrongArguments(String arguments, String message) {
    Run run = Run.of(arguments.split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  private static List<String> told(List<String> lines, String site) {
    return lines.stream().filter(line -> line.startsWith(site + ": session")).toList();
  }

  private static HttpServer site(HttpServerSettings settings) throws IOException {
    return HttpServer.start("site", settings, SitecheckTest::answer);
  }

  private static Response answer(Request request) {
    return switch (request.path()) {
      case "/page" -> text("<!doctype html>\né<html>");
      case "/empty" -> text("");
      default -> Response.of(Status.NOT_FOUND);
    };
  }

  private static Response text(String text) {
    return Response.of(Status.OK)
        .with("Content-Type", "text/html; charset=utf-8")
        .with(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
