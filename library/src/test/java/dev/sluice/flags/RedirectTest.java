package dev.sluice.flags;

import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a redirect may lead. */
class RedirectTest {
  private static final byte[] FLAG = ok("image/gif", Gifs.tiny());

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "300 Multiple Choices",
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect"
      })
  void followsRedirectsOfEveryStatus(String status) {
    OneFlag flag = redirectedOnce(status, "/elsewhere.gif");
    assertEquals(Gifs.tiny().length, flag.saved().bytes());
    assertEquals(List.of("/br/br.gif", "/elsewhere.gif"), flag.paths());
  }

  @Test
  void resolvesARelativeLocationAgainstTheRequest() {
    assertEquals(
        List.of("/br/br.gif", "/br/big.gif"), redirectedOnce("302 Found", "big.gif").paths());
    assertEquals(
        List.of("/br/br.gif", "/big.gif?v=2"),
        redirectedOnce("302 Found", "../big.gif?v=2#top").paths());
  }

  @Test
  void followsARedirectToAnotherServer() {
    try (RawServer other = RawServer.saying(FLAG)) {
      assertEquals(
          Gifs.tiny().length, redirectedOnce("302 Found", other.base() + "x.gif").saved().bytes());
      assertEquals(List.of("/x.gif"), other.paths());
    }
  }

  @Test
  void followsTwentyRedirectsInARow() {
    assertEquals(21, redirected(20).paths().size());
    assertEquals(Gifs.tiny().length, redirected(20).saved().bytes());
  }

  @Test
  void twentyOneRedirectsInARowAreAFailure() {
    OneFlag flag = redirected(21);
    assertEquals("GET http://SERVER/br/br.gif: Too many follow-up requests: 21", flag.said());
    assertEquals(21, flag.paths().size());
  }

  @Test
  void aRedirectLoopEndsBeforeTheSameUrlIsAskedForAgain() {
    OneFlag self = redirectedAlways("/br/br.gif#again");
    assertEquals(
        "GET http://SERVER/br/br.gif: a redirect loop: http://SERVER/br/br.gif,"
            + " http://SERVER/br/br.gif",
        self.said());
    assertEquals(List.of("/br/br.gif"), self.paths());
    OneFlag later =
        OneFlag.download(
            folder,
            exchange -> exchange.send(to("302 Found", exchange.path().equals("/a") ? "/b" : "/a")));
    String said = String.valueOf(later.cause().getMessage()).replace(later.server(), "SERVER");
    assertTrue(
        said.endsWith("a redirect loop: http://SERVER/a, http://SERVER/b, http://SERVER/a"), said);
    assertEquals(List.of("/br/br.gif", "/a", "/b"), later.paths());
  }

  @Test
  void redirectsRunUnderOnePermitAndTheTimeoutOfTheAttempt() {
    FlagOptions quick = FlagOptions.of(Policy.limit(1).withAttemptTimeout(Duration.ofMillis(500)));
    OneFlag flag =
        OneFlag.download(
            folder,
            quick,
            exchange -> {
              if (isFirst(exchange)) {
                exchange.send(to("302 Found", "/elsewhere.gif"));
              } else {
                exchange.untilTheClientLeaves();
              }
            });
    String said = String.valueOf(flag.cause().getMessage());
    assertTrue(said.contains("no answer within"), said);
    assertEquals(List.of("/br/br.gif", "/elsewhere.gif"), flag.paths());
  }

  @Test
  void rawOctetsOfALocationAreFollowedAsTheyAre() {
    // Latin-1, then UTF-8 of the same letter.
    assertEquals(
        List.of("/br/br.gif", "/b%FCcher.gif?q=%E9%FF"),
        redirectedOnce("302 Found", "/b\u00fccher.gif?q=\u00e9\u00ff").paths());
    assertEquals(
        List.of("/br/br.gif", "/b%C3%BCcher.gif"),
        redirectedOnce("302 Found", "/b\u00c3\u00bccher.gif").paths());
    assertEquals(
        List.of("/br/br.gif", "/%41b%fc%20.gif"),
        redirectedOnce("302 Found", "/%41b%fc%20.gif").paths());
  }

  @Test
  void rawOctetsInTheHostOfALocationAreNotFollowed() {
    OneFlag flag = redirectedAlways("http://b\u00fccher.test/x.gif");
    assertTrue(flag.said().contains("302 Found, to http://b%FCcher.test/x.gif"), flag.said());
    assertEquals(1, flag.paths().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/x.gif",
        "javascript:alert(1)",
        "http://",
        "http://[::1/",
        "http://127.0.0.1:99999/"
      })
  void doesNotFollowALocationThatIsNotHttp(String location) {
    OneFlag flag = redirectedAlways(location);
    assertEquals("GET http://SERVER/br/br.gif: 302 Found, to " + location, flag.said());
    assertEquals(1, flag.paths().size());
  }

  @Test
  void aPasswordInALocationIsInNoMessage() {
    String refused = redirectedAlways("ftp://me:secret@127.0.0.1/x.gif").said();
    assertTrue(refused.endsWith(": 302 Found, to ftp://127.0.0.1/x.gif"), refused);
    try (RawServer other = RawServer.saying(status("500 No"))) {
      String location = "http://me:secret@" + other.authority() + "/x.gif";
      String followed = redirectedOnce("302 Found", location).cause().getMessage();
      assertEquals("GET " + other.base() + "x.gif: 500 No", followed);
    }
  }

  @Test
  void afterARedirectTheMessageHasTheLastUrl() {
    try (RawServer other = RawServer.saying(status("500 No"))) {
      String said = redirectedOnce("302 Found", other.base() + "x.gif").cause().getMessage();
      assertEquals("GET " + other.base() + "x.gif: 500 No", said);
    }
  }

  private OneFlag redirectedOnce(String status, String location) {
    return OneFlag.download(
        folder, exchange -> exchange.send(isFirst(exchange) ? to(status, location) : FLAG));
  }

  private OneFlag redirectedAlways(String location) {
    return OneFlag.download(folder, exchange -> exchange.send(to("302 Found", location)));
  }

  private OneFlag redirected(int times) {
    return OneFlag.download(folder, exchange -> step(exchange, times));
  }

  private static void step(Exchange exchange, int last) throws IOException {
    int done = isFirst(exchange) ? 0 : Integer.parseInt(exchange.path().substring(1));
    exchange.send(done == last ? FLAG : to("302 Found", "/" + (done + 1)));
  }

  private static boolean isFirst(Exchange exchange) {
    return exchange.path().equals("/br/br.gif");
  }

  private static byte[] to(String status, String location) {
    return status(status, "Location: " + location);
  }
}
