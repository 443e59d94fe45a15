package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.RetryAfterField.Form;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 429 and 503 at a rate, with each form of Retry-After. */
@Timeout(20)
class RefusalsTest {
  @ParameterizedTest
  @CsvSource({"429:0.25, 429", "503:0.25, 503"})
  void aQuarterIsRefusedAtOnce(String text, int status) {
    List<DelayedResponse> replies = FaultTesting.replies(Refusals.parse(text), 1, 1_000);
    List<DelayedResponse> refused =
        replies.stream().filter(reply -> reply.response().status().code() == status).toList();
    assertEquals(250, refused.size(), 50);
    assertTrue(refused.stream().allMatch(reply -> reply.delay().isZero()));
    assertEquals(1_000 - refused.size(), Collections.frequency(replies, FaultTesting.OK));
  }

  @Test
  void theSameSeedRefusesTheSameRequests() {
    Refusals plan = Refusals.parse("503:0.5");
    assertEquals(FaultTesting.replies(plan, 7, 100), FaultTesting.replies(plan, 7, 100));
    assertNotEquals(FaultTesting.replies(plan, 7, 100), FaultTesting.replies(plan, 8, 100));
  }

  @Test
  void twoRefusalsOfOneServerAreIndependent() throws IOException {
    try (HttpServer server =
        FaultTesting.server(Refusals.parse("429:0.5"), Refusals.parse("503:0.5"))) {
      List<Integer> statuses =
          FaultTesting.ask(server, 200).stream().map(RawHttpClient.Answer::status).toList();
      assertEquals(50, Collections.frequency(statuses, 200), 25);
      assertEquals(50, Collections.frequency(statuses, 429), 25);
      assertEquals(100, Collections.frequency(statuses, 503), 30);
    }
  }

  @Test
  void asksForTheWaitInSeconds() throws IOException {
    assertEquals("3", retryAfter(Form.SECONDS, Duration.ofMillis(2_001)));
  }

  @Test
  void mayLeaveTheFieldOut() throws IOException {
    assertEquals("", retryAfter(Form.NONE, Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @EnumSource(names = {"DATE", "RFC850", "ASCTIME"})
  void asksForTheWaitByADateThatIsNotTooEarly(Form form) throws IOException {
    Instant before = Instant.now();
    String field = retryAfter(form, Duration.ofSeconds(90));
    Instant then = HttpDate.parse(field).orElseThrow(() -> new AssertionError(field));
    Instant after = Instant.now();
    assertTrue(!then.isBefore(before.plusSeconds(90)), field);
    assertTrue(!then.isAfter(after.plusSeconds(92)), field);
    assertTrue(field.matches(pattern(form)), field);
  }

  private static String pattern(Form form) {
    return switch (form) {
      case DATE -> "\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT";
      case RFC850 -> "\\w{6,9}, \\d\\d-\\w{3}-\\d\\d [\\d:]{8} GMT";
      default -> "\\w{3} \\w{3} [ \\d]\\d [\\d:]{8} \\d{4}";
    };
  }

  @Test
  void drawsOneOfSeveralForms() throws IOException {
    Refusals plan =
        Refusals.parse("429")
            .with(
                new RetryAfterField(
                    Duration.ofSeconds(5), RetryAfterField.parseForms("seconds, none")));
    try (HttpServer server = FaultTesting.server(plan)) {
      Set<String> fields = new TreeSet<>();
      FaultTesting.ask(server, 40).forEach(answer -> fields.add(answer.field("Retry-After")));
      assertEquals(Set.of("", "5"), fields);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"418", "429:", "429:2", "503:-1", "", ":0.1", "429:NaN"})
  void refusesOtherText(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Refusals.parse(text));
    assertTrue(String.valueOf(e.getMessage()).contains("allowed are"), e::getMessage);
  }

  private static String retryAfter(Form form, Duration wait) throws IOException {
    Refusals plan = Refusals.parse("503").with(new RetryAfterField(wait, List.of(form)));
    try (HttpServer server = FaultTesting.server(plan)) {
      RawHttpClient.Answer answer = FaultTesting.ask(server, 1).get(0);
      assertEquals("HTTP/1.1 503 Service Unavailable", answer.statusLine());
      return answer.field("Retry-After");
    }
  }
}
