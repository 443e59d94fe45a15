package dev.sluice.rdap;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.TestClient;
import dev.sluice.dns.DomainName;
import dev.sluice.http.HttpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of registries in a file, and the bundled one. */
class RdapCacheTest {
  private static final DomainName NAME = DomainName.of("await.test");
  private static final byte[] LIST = bytes("{\"services\":[[[\"test\"],[\"http://127.0.0.1/\"]]]}");

  @TempDir Path folder;

  private final TestClient client = new TestClient(Policy.limit(2), policy -> policy);

  /** The condition of each request for the list; empty for none. */
  private final List<String> conditions = new ArrayList<>();

  private Path cache() {
    return folder.resolve("of").resolve("rdap.json");
  }

  private RdapOptions options() {
    return RdapOptions.of(client.policy())
        .withCache(cache())
        .withClock(new VirtualClock(client.clock()));
  }

  private RdapQuestion asked(URI list) {
    return asked(list, options());
  }

  private static RdapQuestion asked(URI list, RdapOptions options) {
    try (Rdap rdap = Rdap.at(list, options)) {
      return rdap.question(NAME).test().awaitDone(10, SECONDS).values().get(0);
    }
  }

  private RawServer server(String... headers) {
    return RawServer.answering(
        exchange -> {
          String condition = condition(exchange);
          conditions.add(condition);
          exchange.send(
              condition.isEmpty()
                  ? answer("200 OK", LIST, headers)
                  : status("304 Not Modified", "ETag: \"b\"", "Cache-Control: max-age=600"));
        });
  }

  private static String condition(Exchange exchange) {
    return exchange.head().stream()
        .filter(line -> line.startsWith("If-"))
        .reduce("", (a, b) -> a + b + " ")
        .strip();
  }

  @Test
  void aFreshListIsNotFetchedAgain() {
    try (RawServer server = server("Cache-Control: max-age=3600")) {
      RdapQuestion first = asked(server.base());
      assertEquals(first, asked(server.base()));
      assertTrue(first.isAuthoritative());
      assertEquals(List.of(""), conditions);
      client.clock().advanceTimeBy(3_601, SECONDS);
      assertEquals(first, asked(server.base()));
      assertEquals(List.of("", ""), conditions);
    }
  }

  @Test
  void anExpiredListIsAskedForOnCondition() {
    try (RawServer server =
        server(
            "ETag: \"a\"",
            "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT",
            "Date: Thu, 01 Jan 1970 00:00:00 GMT",
            "Expires: Thu, 01 Jan 1970 00:10:00 GMT")) {
      RdapQuestion first = asked(server.base());
      client.clock().advanceTimeBy(601, SECONDS);
      assertEquals(first, asked(server.base()));
      client.clock().advanceTimeBy(599, SECONDS);
      assertEquals(first, asked(server.base()), "fresh again after the 304");
      client.clock().advanceTimeBy(2, SECONDS);
      assertEquals(first, asked(server.base()));
      String since = " If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT";
      assertEquals(
          List.of("", "If-None-Match: \"a\"" + since, "If-None-Match: \"b\"" + since), conditions);
    }
  }

  @Test
  void aServerMayHaveTheETagAlone() {
    try (RawServer server = server("ETag: \"a\"", "Cache-Control: max-age=60")) {
      RdapQuestion first = asked(server.base());
      client.clock().advanceTimeBy(61, SECONDS);
      assertEquals(first, asked(server.base()));
      assertEquals(List.of("", "If-None-Match: \"a\""), conditions);
    }
  }

  @Test
  void aServerThatIsDownLeavesTheCopyWhichCountsForAWeek() {
    URI list;
    try (RawServer server = server("Cache-Control: max-age=60")) {
      list = server.base();
      assertTrue(asked(list).isAuthoritative());
    }
    client.clock().advanceTimeBy(6, DAYS);
    RdapQuestion recent = asked(list);
    assertTrue(recent.isAuthoritative());
    assertTrue(
        recent
            .list()
            .startsWith("by the copy of " + VirtualClock.START + ", because of GET " + list),
        recent::list);
    client.clock().advanceTimeBy(1, DAYS);
    assertFalse(asked(list).isAuthoritative());
  }

  @Test
  void theServerOfTheListIsAskedAgainSoonAfterAFailure() {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer server =
        RawServer.answering(
            exchange ->
                exchange.send(
                    asked.incrementAndGet() == 2
                        ? status("503 Unavailable")
                        : answer("200 OK", LIST, "Cache-Control: max-age=60")))) {
      asked(server.base());
      client.clock().advanceTimeBy(61, SECONDS);
      try (Rdap rdap = Rdap.at(server.base(), options())) {
        assertTrue(list(rdap).startsWith("by the copy of "));
        client.clock().advanceTimeBy(299, SECONDS);
        assertTrue(list(rdap).startsWith("by the copy of "));
        assertEquals(2, asked.get());
        client.clock().advanceTimeBy(1, SECONDS);
        assertEquals(server.base().toString(), list(rdap));
      }
    }
  }

  private static String list(Rdap rdap) {
    return rdap.question(NAME).test().awaitDone(10, SECONDS).values().get(0).list();
  }

  @Test
  void aDamagedFileAndOneOfAnotherListAreReplaced() throws IOException {
    try (RawServer server = server("Cache-Control: max-age=3600")) {
      Files.createDirectories(cache().getParent());
      Files.writeString(cache(), "{\"source\":");
      asked(server.base());
      asked(server.base());
      assertEquals(List.of(""), conditions);
      asked(server.base().resolve("/other"));
      asked(server.base());
      assertEquals(List.of("", "", ""), conditions);
    }
  }

  @Test
  void theDateOfACopyIsThatOfTheWallClock() throws IOException {
    Instant before = Instant.now();
    try (RawServer server = server("Cache-Control: max-age=3600")) {
      RdapOptions options = RdapOptions.of(Policy.limit(2)).withCache(cache());
      asked(server.base(), options);
      JsonNode file = new ObjectMapper().readTree(cache().toFile());
      Instant fetched = Instant.parse(file.path("fetched").asText());
      assertFalse(fetched.isBefore(before), fetched::toString);
      assertFalse(fetched.isAfter(Instant.now()), fetched::toString);
      asked(server.base(), options);
      assertEquals(List.of(""), conditions, "fresh");
    }
  }

  @Test
  void aCopyOfADateThatCannotBeIsNotFresh() throws IOException {
    try (RawServer server = server("Cache-Control: max-age=3600", "ETag: \"a\"")) {
      asked(server.base());
      String copy = Files.readString(cache());
      for (String date : List.of("1970-01-01T15:19:56Z", "2026-12-01T00:00:01Z")) {
        Files.writeString(cache(), dated(copy, date, "2099-01-01T00:00:00Z"));
        assertTrue(asked(server.base()).isAuthoritative());
      }
      assertEquals(List.of("", "", "If-None-Match: \"a\""), conditions);
    }
  }

  @Test
  void aCopyThatExpiresInYearsIsFreshForAWeekAtMost() throws IOException {
    try (RawServer server = server("ETag: \"a\"")) {
      asked(server.base());
      Files.writeString(
          cache(),
          dated(Files.readString(cache()), VirtualClock.START.toString(), "2099-01-01T00:00:00Z"));
      client.clock().advanceTimeBy(7, DAYS);
      asked(server.base());
      assertEquals(List.of("", "If-None-Match: \"a\""), conditions);
    }
  }

  private static String dated(String copy, String fetched, String expires) {
    return copy.replaceFirst("\"fetched\":\"[^\"]*\"", "\"fetched\":\"" + fetched + "\"")
        .replaceFirst("\"expires\":\"[^\"]*\"", "\"expires\":\"" + expires + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"await.dev\n", "{}", "[\"source\"]", "{\"services\":[]}"})
  void anotherFileIsRefusedAndLeftAsItIs(String text) throws IOException {
    URI list = URI.create("http://127.0.0.1:1/");
    Files.createDirectories(cache().getParent());
    Files.writeString(cache(), text);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Rdap.at(list, options()).close());
    assertEquals(
        "cache: " + cache() + ", must be a new file, or one that keeps a list of registries",
        e.getMessage());
    try (RawServer server = server("Cache-Control: max-age=3600")) {
      Files.delete(cache());
      try (Rdap rdap = Rdap.at(server.base(), options())) {
        Files.writeString(cache(), text);
        assertEquals(
            server.base()
                + ", which could not be kept: "
                + cache()
                + ": keeps no list of registries, and is not replaced",
            list(rdap));
      }
    }
    assertEquals(text, Files.readString(cache()));
  }

  @Test
  void aFolderAndADeviceAreNoCache() {
    URI list = URI.create("http://127.0.0.1:1/");
    for (Path path : List.of(folder, Path.of("/dev/null"))) {
      RdapOptions options = options().withCache(path);
      assertThrows(IllegalArgumentException.class, () -> Rdap.at(list, options).close());
    }
  }

  @Test
  void anEmptyFileMayBecomeTheCache() throws IOException {
    try (RawServer server = server("Cache-Control: max-age=3600")) {
      Files.createDirectories(cache().getParent());
      Files.createFile(cache());
      assertEquals(server.base().toString(), asked(server.base()).list());
      assertTrue(Files.size(cache()) > 0);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidAndHarmsNothing() throws IOException {
    Files.writeString(folder.resolve("of"), "a file");
    try (RawServer server = server("Cache-Control: max-age=3600")) {
      RdapQuestion question = asked(server.base());
      assertTrue(question.isAuthoritative());
      assertTrue(question.list().contains(", which could not be kept: "), question::list);
    }
  }

  @Test
  void theBundledListIsUsedWithAWordAndIsNoProofOfAFreeName() {
    HttpOptions noNetwork =
        HttpOptions.standard().withMaxBodyBytes(4 << 20).withProxy(new ClosedProxy());
    RdapOptions options = RdapOptions.of(client.policy()).withHttp(noNetwork);
    try (Rdap rdap = Rdap.at(Rdap.IANA, options)) {
      RdapQuestion question =
          rdap.question(DomainName.of("await.com")).test().awaitDone(10, SECONDS).values().get(0);
      assertEquals(URI.create("https://rdap.verisign.com/com/v1/"), question.server());
      assertFalse(question.isAuthoritative());
      assertTrue(
          question.list().startsWith("by the bundled list of 2026-05-24, because of GET https://"),
          question::list);
    }
  }

  /** Nothing listens on port 1. */
  private static final class ClosedProxy extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {}
  }
}
