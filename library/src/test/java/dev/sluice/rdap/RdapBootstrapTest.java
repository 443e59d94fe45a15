package dev.sluice.rdap;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.dns.DomainName;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server of the list is asked. */
class RdapBootstrapTest {
  @TempDir Path folder;

  @Test
  void theServerOfTheLongestListedParentIsAsked() throws IOException {
    assertEquals("/long/domain/a.b.test", askedFor("a.b.test"));
    assertEquals("/long/domain/c.a.b.test", askedFor("c.a.b.test"));
    assertEquals("/short/domain/a.test", askedFor("a.test"));
    assertEquals("/short/domain/b.test", askedFor("B.TEST."), "b.test is registered in test");
    assertEquals("/short/domain/xb.test", askedFor("xb.test"));
    assertEquals("/short/domain/a.xn--zckzah", askedFor("a.テスト"));
  }

  @Test
  void theBaseOfAServerMayLackItsSlash() throws IOException {
    assertEquals("/bare/domain/a.bare", askedFor("a.bare"));
    assertEquals("/domain/a.root", askedFor("a.root"));
  }

  @Test
  void aNameWithoutAServerIsAFailureThatSaysSo() throws IOException {
    try (RawServer server = RawServer.saying(status("404 Not Found"));
        Rdap rdap = rdap(server)) {
      for (String name : List.of("await.dev", "test", "a.odd", "a.empty")) {
        IOException cause = failureOf(rdap, DomainName.of(name));
        assertInstanceOf(RdapException.class, cause);
        String message = String.valueOf(cause.getMessage());
        assertTrue(message.startsWith(name + ": no RDAP server for "), message);
      }
      assertEquals(List.of(), server.paths());
    }
  }

  private Rdap rdap(RawServer server) throws IOException {
    String base = server.base().toString();
    String list =
        """
        {"version": "1.0", "services": [
          [["test", "xn--zckzah"], ["ftp://a/", "BASEshort/"]],
          [["b.test"], ["BASElong/"]],
          [["bare"], ["BASEbare"]],
          [["root"], ["BASE"]],
          [["odd"], ["not a url"]],
          [["empty"], []],
          [["a b", "", 7]]
        ]}
        """
            .replace("BASE", base);
    Path file = Files.writeString(folder.resolve("dns.json"), list);
    return Rdap.at(file.toUri(), RdapOptions.of(Policy.limit(2)));
  }

  private String askedFor(String name) throws IOException {
    try (RawServer server = RawServer.saying(status("404 Not Found"));
        Rdap rdap = rdap(server)) {
      rdap.probeAll(Flowable.just(name))
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(Outcome.notFound(name));
      assertEquals(1, server.paths().size());
      return server.paths().get(0);
    }
  }

  private static IOException failureOf(Rdap rdap, DomainName name) {
    var outcome = rdap.lookups().run(name).test().awaitDone(10, SECONDS).values().get(0);
    return assertInstanceOf(Failure.class, outcome, outcome::toString).cause();
  }
}
