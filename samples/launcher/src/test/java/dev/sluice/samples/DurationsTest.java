package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "3.1, PT3.1S",
    "3, PT3S",
    ".5, PT0.5S",
    "0, PT0S",
    "500ms, PT0.5S",
    "0.25ms, PT0.00025S",
    "2s, PT2S",
    "2S, PT2S",
    "1.5m, PT1M30S",
    "2h, PT2H",
    "PT3.1S, PT3.1S",
    "pt1m, PT1M",
    "' 7 ', PT7S",
    "999999999h, PT999999999H"
  })
  void readsSecondsUnitsAndIso(String text, Duration expected) {
    assertEquals(expected, Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-1",
        "-PT1S",
        "PT-1S",
        "1d",
        "1e3",
        "NaN",
        "1..2",
        "3,1",
        "5 s",
        "ms",
        ".",
        "99999999999999999999",
        "0x10",
        "PT"
      })
  void refusesAnythingElseAndSaysWhatIsAllowed(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("'" + text + "' is not a duration: allowed are"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5ms", "24.1h", "999999999h", "PT99999999999999H"})
  void refusesWhatIsNotUpToADay(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Durations.parseUpToADay(text));
    assertEquals("'" + text + "': allowed are 1ms to 24h", refusal.getMessage());
    assertEquals(Duration.ofDays(1), Durations.parseUpToADay("24h"));
  }
}
