package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayRangeTest {
  @ParameterizedTest
  @CsvSource({
    "0.5..5, PT0.5S, PT5S",
    "500ms..5s, PT0.5S, PT5S",
    "2, PT2S, PT2S",
    "0, PT0S, PT0S",
    ".5...7, PT0.5S, PT0.7S",
    "1h..1h, PT1H, PT1H"
  })
  void readsTwoBoundsOrOne(String text, Duration min, Duration max) {
    assertEquals(new DelayRange(min, max), DelayRange.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5..1", "..5", "5..", "..", "", "-1..5", "1..2..3", "1-2", "0..61m"})
  void refusesAnythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> DelayRange.parse(text));
  }

  @Test
  void drawsEvenlyBetweenTheBounds() {
    Random random = new Random(1);
    DelayRange range = DelayRange.parse("0.5..5");
    var drawn =
        LongStream.generate(() -> range.drawnBy(random).toMillis())
            .limit(10_000)
            .summaryStatistics();
    assertTrue(drawn.getMin() >= 500 && drawn.getMin() < 510, drawn::toString);
    assertTrue(drawn.getMax() <= 5000 && drawn.getMax() > 4990, drawn::toString);
    assertEquals(2750, drawn.getAverage(), 50);
  }
}
