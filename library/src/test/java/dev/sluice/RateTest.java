package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class RateTest {
  @ParameterizedTest
  @CsvSource({
    "10/s, 10/s",
    "600/min, 600/m",
    "600/m, 600/m",
    "1/2s, 1/2s",
    "500/5min, 500/5m",
    "' 1/250MS ', 1/250ms",
    "1/24h, 1/24h"
  })
  void readsTheUsualForms(String text, String rate) {
    assertEquals(rate, Rate.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10/", "/s", "10/minute", "-1/s", "1.5/s", "10 / s", "1/s/s"})
  void refusesOtherTextAndSaysWhatIsAllowed(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
    assertEquals(
        "rate: \"" + text + "\", must be like 10/s, 600/min or 1/250ms", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/s", "1/0s", "999999999/1ms"})
  void refusesNumbersThatAreNoRate(String text) {
    assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
  }

  @Test
  void timesThatAreTooLongAreForever() {
    assertEquals(Policy.FOREVER, Rate.perSecond(1).timeFor(Long.MAX_VALUE));
    assertEquals(Policy.FOREVER, Rate.parse("1/999999h").timeFor(12));
    assertEquals(Duration.ofMillis(1_020), Rate.perSecond(1).timeFor(2));
  }
}
