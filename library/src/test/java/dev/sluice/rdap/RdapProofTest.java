package dev.sluice.rdap;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.RawServer;
import dev.sluice.http.ContentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that look like proof of a free or a registered name, and are none. */
class RdapProofTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errorCode\":429,\"title\":\"Too many requests\"}",
        "{\"errorCode\":\"500\"}",
        "{\"errorCode\":null}",
        "{\"objectClassName\":\"domain\",\"ldhName\":\"await.test\"}",
        "<html><h1>404 Not Found</h1></html>",
        "Not found",
        "[]",
        "7",
        "\"none\"",
        "{\"errorCode\":404",
      })
  void a404WithAnotherErrorInsideIsAFailure(String body) {
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(answer("404 Not Found", bytes(body)))) {
      RdapException failure = assertInstanceOf(RdapException.class, registry.failure());
      assertFalse(failure.isTransient());
      String said = registry.said();
      assertTrue(said.startsWith("await.test: a 404 whose body "), said);
      assertTrue(said.endsWith(": GET http://SERVER/rdap/domain/await.test: 404"), said);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{}",
        "{\"errorCode\":404,\"title\":\"Not Found\",\"description\":[\"no such domain\"]}",
        "{\"errorCode\":\"404\"}",
        "{\"rdapConformance\":[\"rdap_level_0\"],\"errorCode\":404}",
      })
  void a404ThatSaysNothingElseIsNotFound(String body) {
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(answer("404 Not Found", bytes(body)))) {
      assertEquals(Outcome.notFound(ScriptedRegistry.NAME), registry.probed());
    }
  }

  @Test
  void a404ThatBreaksOffOrIsTooLongIsAFailure() {
    byte[] whole = answer("404 Not Found", bytes("{\"errorCode\":404}"));
    byte[] half = Arrays.copyOf(whole, whole.length - 3);
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange -> {
              exchange.send(half);
              exchange.hangUp();
            })) {
      assertTrue(registry.said().startsWith("GET http://SERVER/rdap/domain/"), registry.said());
    }
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(
            answer("404 Not Found", bytes("{\"a\":\"" + "x".repeat(200_000) + "\"}")))) {
      assertTrue(registry.said().endsWith("a body longer than 100000 bytes"), registry.said());
    }
  }

  @Test
  void aDomainWithAnErrorInsideIsAFailure() {
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(ScriptedRegistry.domain(",\"errorCode\":500"))) {
      assertInstanceOf(ContentException.class, registry.failure());
    }
  }

  @Test
  void aDomainWithoutItsNameCountsOnlyFromTheServerThatWasAsked() {
    byte[] nameless = ScriptedRegistry.json("{\"objectClassName\":\"domain\"}");
    try (ScriptedRegistry registry = ScriptedRegistry.saying(nameless)) {
      assertInstanceOf(Outcome.Success.class, registry.probed());
    }
    try (RawServer other = RawServer.saying(nameless);
        ScriptedRegistry registry =
            ScriptedRegistry.saying(status("302 Found", "Location: " + other.base() + "any"))) {
      assertInstanceOf(ContentException.class, registry.failure());
    }
  }

  @Test
  void aQuestionKnowsItsServerAndChoosesItsLane() {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(status("404 Not Found"))) {
      RdapQuestion question =
          registry
              .rdap
              .question(ScriptedRegistry.NAME)
              .test()
              .awaitDone(10, SECONDS)
              .values()
              .get(0);
      assertEquals(registry.server.base().resolve("/rdap/"), question.server());
      assertEquals(registry.server.base().resolve("/rdap/domain/await.test"), question.url());
      assertTrue(question.isAuthoritative());
      assertEquals(
          registry.server.base().resolve(ScriptedRegistry.LIST).toString(), question.list());
      List<RdapQuestion> lanes = new ArrayList<>();
      registry
          .rdap
          .questions(asked -> lanes.add(asked))
          .run(question)
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(Outcome.notFound(question));
      RdapQuestion old = new RdapQuestion(question.name(), question.server(), "an old list", false);
      Outcome<RdapQuestion, Registration> outcome =
          registry
              .rdap
              .questions(asked -> "lane")
              .run(old)
              .test()
              .awaitDone(10, SECONDS)
              .values()
              .get(0);
      assertTrue(outcome.toString().contains("an old list"), outcome::toString);
      assertInstanceOf(Outcome.Failure.class, outcome);
    }
  }
}
