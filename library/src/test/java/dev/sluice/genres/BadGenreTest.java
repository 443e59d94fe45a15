package dev.sluice.genres;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalid responses: a failure with a clear message, no file, no connection left. */
class BadGenreTest {
  private static final String ASKED = "GET http://SERVER" + GenreSite.PATH;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7                  | not a genre in a JSON string, but number",
        "null               | not a genre in a JSON string, but null",
        "true               | not a genre in a JSON string, but boolean",
        "{\"genre\":\"x\"}  | not a genre in a JSON string, but object",
        "[\"x\"]            | not a genre in a JSON string, but array",
        "\"\"               | an empty name",
        "\" \\t\\n\"        | an empty name",
        "\"\\ud800\"        | a name with half a character in it",
        "<html>hotel</html> | expected JSON, but the body begins with \"<html>hotel</html>\": U",
        "\"unfinished       | expected JSON, but the body begins with \"\"unfinished\": U",
        "\"x\" <html>       | expected JSON, but the body begins with ",
        "\"x\" \"y\"        | expected JSON, but the body begins with ",
        "``                 | expected JSON, but the body is empty: No content",
      })
  void aBodyThatIsNoGenreIsAFailure(String body, String why) throws IOException {
    assertFails(GenreSite.json(body), ASKED + ": " + why);
  }

  @Test
  void aGenreHasAtMostAThousandCharacters() throws IOException {
    String longest = "🎵".repeat(1_000);
    try (GenreSite site = GenreSite.saying(folder, GenreSite.json('"' + longest + '"'))) {
      site.genres.fetch(1).test().awaitDone(10, SECONDS).assertResult(Genre.of(longest));
    }
    assertFails(
        GenreSite.json('"' + longest + "x\""),
        ASKED + ": a name of 1001 characters, of which 1000 are allowed");
  }

  @Test
  void status404IsAFailure() throws IOException {
    assertFails(status("404 Not Found"), ASKED + ": 404 Not Found");
  }

  @ParameterizedTest
  @CsvSource({"403 Forbidden", "500 Oops", "503 Busy", "302 Found"})
  void anyStatusButASuccessIsAFailure(String status) throws IOException {
    assertFails(answer(status, bytes("a body that nobody reads")), ASKED + ": " + status);
    assertFails(status("204 No Content"), ASKED + ": 204 No Content");
  }

  @Test
  void halfABodyIsAFailure() throws IOException {
    fails(BadGenreTest::breakOff, ASKED + ": unexpected end of stream");
  }

  @Test
  void aBrokenConnectionIsAFailure() throws IOException {
    fails(Exchange::hangUp, ASKED + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"x\"                 | not an array of genres, but string",
        "{}                    | not an array of genres, but object",
        "[]                    | 0 genres instead of 3",
        "[\"a\",\"b\"]         | 2 genres instead of 3",
        "[\"a\",\"\",\"c\"]    | an empty name",
        "[\"a\",7,\"c\"]       | not a genre in a JSON string, but number",
      })
  void aBodyThatIsNoBatchIsAFailure(String body, String why) {
    try (GenreSite site = GenreSite.saying(folder, GenreSite.json(body))) {
      site.genres
          .fetchBatch(3)
          .test()
          .awaitDone(10, SECONDS)
          .assertNoValues()
          .assertError(e -> site.withoutAddress(e).equals(ASKED + "3: " + why));
    }
  }

  @Test
  void timesOutOnASilentServer() {
    try (GenreSite site = new GenreSite(folder, policy -> policy, Exchange::untilTheClientLeaves)) {
      var genre = site.genres.fetch(1).test();
      site.server.awaitRequests(1);
      site.client.pass(Duration.ofSeconds(10));
      genre
          .awaitDone(10, SECONDS)
          .assertError(
              e ->
                  site.withoutAddress(e)
                      .equals("0: no answer within 10s from http://SERVER" + GenreSite.PATH));
      site.server.awaitOpen(0);
    }
  }

  /** Closing the client evicts idle connections only: one whose body was left open would stay. */
  @Test
  void everyFailureClosesItsBody() {
    List<RawServer.Script> ways =
        List.of(
            exchange -> exchange.send(answer("404 Not Found", bytes("not here"))),
            exchange -> exchange.send(answer("500 Oops", bytes("sorry"))),
            exchange -> exchange.send(GenreSite.json("{}")),
            exchange -> exchange.send(GenreSite.json("<html>")),
            exchange -> exchange.send(GenreSite.json('"' + "x".repeat(1_001) + '"')),
            exchange -> exchange.send(head("200 OK", "Content-Length: " + (1L << 40))),
            exchange ->
                exchange.send(Answers.join(head("200 OK", "Content-Length: x"), bytes("?"))),
            BadGenreTest::breakOff,
            Exchange::reset);
    AtomicInteger asked = new AtomicInteger();
    try (GenreSite site =
        new GenreSite(
            folder,
            policy -> policy,
            exchange -> ways.get(asked.getAndIncrement() % ways.size()).answer(exchange))) {
      site.genres
          .downloadAll(90)
          .filter(outcome -> outcome instanceof Outcome.Failure)
          .count()
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(90L);
      site.client.awaitIdle();
      site.genres.close();
      site.server.awaitOpen(0);
    }
  }

  private static void breakOff(Exchange exchange) throws IOException {
    exchange.send(Answers.join(head("200 OK", "Content-Length: 100"), bytes("\"half")));
    exchange.hangUp();
  }

  private void assertFails(byte[] answer, String message) throws IOException {
    fails(exchange -> exchange.send(answer), message);
  }

  /** Closing the server fails the test if the client still holds a connection. */
  private void fails(RawServer.Script script, String message) throws IOException {
    try (GenreSite site = new GenreSite(folder, policy -> policy, script)) {
      var outcome = site.genres.downloads().run(0).test().awaitDone(10, SECONDS).values().get(0);
      String said =
          outcome.fold(
              saved -> "saved",
              absent -> "not found",
              failure -> site.withoutAddress(failure.cause()));
      assertTrue(said.startsWith(message), said);
      assertEquals(1, ((Outcome.Failure<?, ?>) outcome).attempts());
      site.client.awaitIdle();
      assertTrue(site.server.peakOpen() <= 1, "one connection for one request");
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(0, files.count(), "no file");
      }
    }
  }
}
