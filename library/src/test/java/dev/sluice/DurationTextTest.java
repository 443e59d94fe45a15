package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT3S, 3s",
    "PT3.1S, 3.1s",
    "PT0.25S, 250ms",
    "PT0.0005S, 0.5ms",
    "PT0.000000001S, 0.000001ms",
    "PT1M30S, 1m30s",
    "PT1M, 1m",
    "PT60M, 1h",
    "PT1H0M5S, 1h5s",
    "PT48H, 48h",
    "PT59.999999999S, 59.999999999s",
    "PT-1S, -1s",
    "PT-0.25S, -250ms",
  })
  void readsAsAnOptionIsTyped(Duration duration, String text) {
    assertEquals(text, DurationText.of(duration));
  }

  @Test
  void theLongestDurationsAreForever() {
    assertEquals("forever", DurationText.of(Policy.FOREVER));
    assertEquals("forever", DurationText.of(Duration.ofSeconds(Long.MAX_VALUE)));
    assertEquals("-forever", DurationText.of(Duration.ofSeconds(Long.MIN_VALUE)));
  }
}
