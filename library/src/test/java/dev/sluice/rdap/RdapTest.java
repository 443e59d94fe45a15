package dev.sluice.rdap;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.RawServer;
import dev.sluice.dns.BadNameException;
import dev.sluice.dns.DomainName;
import dev.sluice.http.CallException;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that say whether a domain is registered. */
class RdapTest {
  @TempDir Path folder;

  @Test
  void aRegistrationHasStatusesExpiryAndEvidence() {
    byte[] domain =
        ScriptedRegistry.domain(
            ",\"status\":[\"active\",\"client transfer prohibited\"],\"events\":["
                + "{\"eventAction\":\"registration\",\"eventDate\":\"2020-01-01T00:00:00Z\"},"
                + "{\"eventAction\":\"expiration\",\"eventDate\":\"2030-02-28T23:59:59.5+01:00\"}]");
    try (ScriptedRegistry registry = ScriptedRegistry.saying(domain)) {
      assertEquals(
          Outcome.success(
              ScriptedRegistry.NAME,
              new Registration(
                  ScriptedRegistry.NAME,
                  List.of("active", "client transfer prohibited"),
                  Optional.of(Instant.parse("2030-02-28T22:59:59.5Z")),
                  registry.server.base().resolve("/rdap/domain/await.test"))),
          registry.probed());
      assertEquals(List.of("/rdap/domain/await.test"), registry.asked());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"status\":\"active\",\"events\":{\"eventAction\":\"expiration\"}",
        ",\"status\":[1,null,{}],\"events\":[{\"eventAction\":\"expiration\"},7]",
        ",\"status\":null,\"events\":[{\"eventAction\":\"expiration\",\"eventDate\":\"soon\"}]",
      })
  void statusesAndExpiryMayBeAbsent(String members) {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(ScriptedRegistry.domain(members))) {
      Registration registration = registrationOf(registry.probed());
      assertEquals(List.of(), registration.statuses());
      assertEquals(Optional.empty(), registration.expiry());
    }
  }

  @Test
  void aStatusIsSafeForTheTerminal() {
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(ScriptedRegistry.domain(",\"status\":[\"\\u001b[2Jgone\"]"))) {
      assertEquals(List.of("<U+001B>[2Jgone"), registrationOf(registry.probed()).statuses());
    }
  }

  @Test
  void a404OfTheRegistryIsNotFound() {
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(answer("404 Not Found", bytes("{\"errorCode\":404}")))) {
      assertEquals(Outcome.notFound(ScriptedRegistry.NAME), registry.probed());
    }
  }

  @Test
  void a404OfAnotherServerIsAFailure() {
    try (RawServer other = RawServer.saying(status("404 Not Found"));
        ScriptedRegistry registry =
            ScriptedRegistry.saying(status("302 Found", "Location: " + other.base() + "nobody"))) {
      RdapException failure = assertInstanceOf(RdapException.class, registry.failure());
      assertTrue(
          String.valueOf(failure.getMessage())
              .startsWith("await.test: not an answer of 127.0.0.1: GET " + other.base()),
          failure::toString);
      assertFalse(failure.isTransient());
    }
  }

  @Test
  void a404AfterARedirectToTheSameServerIsNotFound() {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange ->
                exchange.send(
                    exchange.path().startsWith("/rdap/")
                        ? status("301 Moved Permanently", "Location: /v2/await.test")
                        : status("404 Not Found")))) {
      assertEquals(Outcome.notFound(ScriptedRegistry.NAME), registry.probed());
    }
  }

  @Test
  void theEvidenceIsTheUrlAfterRedirectsWithoutAUser() {
    try (RawServer other = RawServer.saying(ScriptedRegistry.domain(""));
        ScriptedRegistry registry =
            ScriptedRegistry.saying(
                status(
                    "302 Found", "Location: http://me:secret@" + other.authority() + "/await"))) {
      URI evidence = registrationOf(registry.probed()).evidence();
      assertEquals(other.base().resolve("/await"), evidence);
    }
  }

  @Test
  void disposeCancelsTheCall() {
    AtomicBoolean left = new AtomicBoolean();
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange -> {
              exchange.untilTheClientLeaves();
              left.set(true);
            })) {
      var probe = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      registry.server.awaitRequests(2);
      probe.dispose();
      probe.assertEmpty();
      Await.until(left::get, "the client leaves");
    }
  }

  @Test
  void outcomesHaveTheTextAsGivenAndABadNameCausesNoRequest() {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(status("404 Not Found"))) {
      var outcomes =
          registry
              .rdap
              .lookupsOfText()
              .runInOrder(Flowable.just("Await.TEST.", "not a name", "for.test"))
              .test()
              .awaitDone(10, SECONDS)
              .assertComplete()
              .values();
      assertEquals(Outcome.notFound("Await.TEST."), outcomes.get(0));
      assertInstanceOf(BadNameException.class, ((Outcome.Failure<?, ?>) outcomes.get(1)).cause());
      assertEquals(Outcome.notFound("for.test"), outcomes.get(2));
      assertEquals(2, registry.asked().size());
      registry
          .rdap
          .probeAll(Flowable.just("await.test", "for.test"))
          .count()
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(2L);
    }
  }

  @Test
  void afterCloseEveryLookupFails() {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(status("404 Not Found"))) {
      registry.rdap.close();
      assertInstanceOf(CallException.class, registry.failure());
      assertTrue(registry.said().endsWith("the client is closed"), registry.said());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // Not all callers are checked by NullAway.
  void argumentsAreChecked() {
    URI list = URI.create("http://127.0.0.1/dns.json");
    assertThrows(NullPointerException.class, () -> Rdap.at(null, RdapOptions.standard()).close());
    assertThrows(NullPointerException.class, () -> Rdap.at(list, null).close());
    assertThrows(NullPointerException.class, () -> RdapOptions.of(null));
    assertThrows(
        IllegalArgumentException.class,
        () -> Rdap.at(URI.create("dns.json"), RdapOptions.standard()).close());
    try (Rdap rdap = Rdap.standard()) {
      assertThrows(NullPointerException.class, () -> rdap.lookups().run(null));
      assertThrows(NullPointerException.class, () -> rdap.probeAll(null));
      assertThrows(NullPointerException.class, () -> rdap.lookupsOfText().runInOrder(null));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:dns.json", "file://host/dns.json", "file:///dns.json?a", "ftp://host/"})
  void aListThatIsNeitherAFileNorAUrlIsRefused(String list) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Rdap.at(URI.create(list), RdapOptions.standard()).close());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(": " + list + ", must be "), message);
  }

  @Test
  void anAnswerWithoutTheAsciiNameIsOfItsUnicodeName() {
    String nameless = "{\"objectClassName\":\"domain\",\"unicodeName\":\"%s\"}";
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(ScriptedRegistry.json(nameless.formatted("other.test")))) {
      assertEquals(
          "GET http://SERVER/rdap/domain/await.test: another domain: \"other.test\"",
          registry.said());
    }
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(ScriptedRegistry.json(nameless.formatted("Await.TEST.")))) {
      assertEquals(ScriptedRegistry.NAME, registrationOf(registry.probed()).name());
    }
  }

  @Test
  void theUserOfAServerIsNotShown() throws IOException {
    try (RawServer server = RawServer.saying(status("404 Not Found"))) {
      Path list =
          Files.writeString(
              folder.resolve("dns.json"),
              "{\"services\":[[[\"test\"],[\"http://me:secret@" + server.authority() + "/\"]]]}");
      try (Rdap rdap = Rdap.at(list.toUri(), RdapOptions.standard())) {
        RdapQuestion question =
            rdap.question(ScriptedRegistry.NAME).test().awaitDone(10, SECONDS).values().get(0);
        assertEquals(server.base(), question.server());
        assertEquals(server.base() + "domain/await.test", question.toString());
      }
      RdapQuestion own =
          new RdapQuestion(
              ScriptedRegistry.NAME, URI.create("http://me:secret@rdap.test/"), "a list", true);
      assertEquals("http://rdap.test/domain/await.test", own.toString());
      assertEquals(URI.create("http://rdap.test/domain/await.test"), own.url());
    }
  }

  private static Registration registrationOf(Outcome<DomainName, Registration> outcome) {
    assertInstanceOf(Success.class, outcome, outcome::toString);
    return ((Success<DomainName, Registration>) outcome).value();
  }
}
