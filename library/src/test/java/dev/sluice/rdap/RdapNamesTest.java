package dev.sluice.rdap;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.dns.BadNameException;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names cause requests to the registry. */
class RdapNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "a..test",
        ".test",
        "not a name.test",
        "a.test/../../secret",
        "a.test?x=1",
        "a.test#f",
        "%2e%2e.test",
        "a.test\r\nX-Evil: 1",
        "\u001b[2J.test",
        "192.0.2.1",
        "straße.test",
      })
  void aBadNameCausesNoRequest(String text) {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(status("404 Not Found"))) {
      for (var names :
          List.of(registry.rdap.probeAll(Flowable.just(text)), inOrder(registry, text))) {
        var outcome = names.test().awaitDone(10, SECONDS).assertComplete().values().get(0);
        Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome);
        assertInstanceOf(BadNameException.class, failure.cause());
        assertEquals(text, failure.key());
        assertEquals(0, failure.attempts());
      }
      assertEquals(List.of(), registry.server.paths());
    }
  }

  @Test
  void noFurtherLookupStartsWhenARunIsCancelled() {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(policy -> policy, exchange -> exchange.untilTheClientLeaves())) {
      Flowable<String> names = Flowable.range(0, 100).map(i -> "n" + i + ".test");
      int asked = 0;
      for (var run :
          List.of(registry.rdap.probeAll(names), registry.rdap.lookupsOfText().runInOrder(names))) {
        var observer = run.test();
        asked += registry.policy.limiter().limit();
        registry.server.awaitRequests(1 + asked);
        observer.cancel();
        registry.awaitIdle();
        registry.server.awaitOpen(0);
        observer.assertEmpty();
        assertEquals(asked, registry.asked().size());
      }
    }
  }

  private static Flowable<Outcome<String, Registration>> inOrder(
      ScriptedRegistry registry, String text) {
    return registry.rdap.lookupsOfText().runInOrder(Flowable.just(text));
  }
}
