package dev.sluice.flags;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.Outcome;
import dev.sluice.fetch.SavedFile;
import dev.sluice.http.StatusException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcome of each status. */
class StatusTest {
  @TempDir Path folder;

  @Test
  void requestsInLowerCaseAndSavesInUpperCase() {
    OneFlag flag = answered(ok("image/gif", Gifs.tiny()));
    assertEquals(List.of("/br/br.gif"), flag.paths());
    assertEquals(new SavedFile(folder.resolve("BR.gif"), Gifs.tiny().length), flag.saved());
  }

  @Test
  void status404And410AreNotFound() {
    assertEquals(Outcome.notFound(OneFlag.BR), answered(status("410 Gone")).outcome());
    assertEquals(Outcome.notFound(OneFlag.BR), answered(status("404 Not Found")).outcome());
    assertEquals(
        Outcome.notFound(OneFlag.BR),
        answered(answer("404 Not Found", bytes("<html>never heard of it</html>"))).outcome());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "101 Switching Protocols",
        "204 No Content",
        "205 Reset Content",
        "300 Multiple Choices",
        "301 Moved Permanently",
        "302 Found",
        "304 Not Modified",
        "305 Use Proxy",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "407 Proxy Authentication Required",
        "408 Request Timeout",
        "418 I'm a teapot",
        "421 Misdirected Request",
        "429 Too Many Requests",
        "500 Internal Server Error",
        "503 Service Unavailable",
        "511",
        "599 ?",
        "600 ?",
        "999 ?",
      })
  void anyOtherStatusIsAFailureThatNamesIt(String status) {
    OneFlag flag = answered(status(status));

    assertEquals("GET http://SERVER/br/br.gif: " + status, flag.said());
    StatusException cause = assertInstanceOf(StatusException.class, flag.cause());
    assertEquals(Integer.parseInt(status.substring(0, 3)), cause.status());
    assertEquals(1, flag.paths().size(), "whether to try again is for the policy to say");
  }

  @Test
  void onlyThePolicyRetries() {
    assertEquals(1, answered(status("503 Busy", "Retry-After: 0")).paths().size());
    assertEquals(1, answered(status("408 Slow", "Retry-After: 0")).paths().size());
  }

  @Test
  void acceptsOtherSuccessesThan200() {
    byte[] gif = Gifs.tiny();
    assertEquals(gif.length, answered(answer("203 Secondhand", gif)).saved().bytes());
  }

  @Test
  void waitsForTheResponseAfter100Continue() {
    byte[] flag = Answers.join(head("100 Continue"), ok("image/gif", Gifs.tiny()));
    assertEquals(Gifs.tiny().length, answered(flag).saved().bytes());
  }

  @Test
  void aPartThatNobodyAskedForIsAFailure() {
    assertEquals(
        "GET http://SERVER/br/br.gif: 206 Partial Content, although no range was asked for",
        answered(answer("206 Partial Content", Gifs.tiny(), "Content-Range: bytes 0-25/1000"))
            .said());
  }

  @Test
  void aBodyOf204Or205IsAFailure() {
    assertTrue(answered(answer("204 No Content", bytes("but"))).said().contains("204"));
    assertTrue(answered(answer("205 Reset Content", bytes("but"))).said().contains("205"));
  }

  @Test
  void aLongReasonFullOfControlCharactersBecomesOneLine() {
    String said = answered(status("500 \u001b[2J\t\u0007" + "x".repeat(10_000))).said();
    assertTrue(
        said.startsWith("GET http://SERVER/br/br.gif: 500 <U+001B>[2J<U+0009><U+0007>xxx"), said);
  }

  @Test
  void doesNotWaitForAnEndlessErrorPage() {
    OneFlag flag =
        OneFlag.download(
            folder,
            exchange -> {
              exchange.send(head("500 No", "Content-Type: text/html"));
              exchange.untilTheClientLeaves();
            });
    assertEquals("GET http://SERVER/br/br.gif: 500 No", flag.said());
  }

  private OneFlag answered(byte[] answer) {
    return OneFlag.download(
        folder,
        exchange -> {
          exchange.send(answer);
          exchange.hangUp();
        });
  }
}
