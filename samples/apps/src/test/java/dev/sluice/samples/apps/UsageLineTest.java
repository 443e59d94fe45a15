package dev.sluice.samples.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.LimiterUsage;
import dev.sluice.LimiterUsage.Circuit;
import dev.sluice.LimiterUsage.OfLane;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class UsageLineTest {
  private static final LimiterUsage USAGE =
      new LimiterUsage(
          64,
          5,
          12,
          Map.of(
              "idle:1", new OfLane(4, 2, 0, Circuit.CLOSED, Duration.ZERO),
              "busy:1", new OfLane(4, 3, 12, Circuit.CLOSED, Duration.ZERO),
              "gone:1", new OfLane(4, 0, 0, Circuit.OPEN, Duration.ofMillis(2_100))));

  @Test
  void hasTheParkedAndTheBusiestFirst() {
    assertEquals(
        "5 of 64 in flight, 12 waiting, 1 of 3 lanes parked; gone:1: parked for 3s;"
            + " busy:1: 3 of 4, 12 waiting; idle:1: 2 of 4",
        UsageLine.of(USAGE, 200));
  }

  @Test
  void fitsIntoTheTerminal() {
    assertEquals("5 of 64 in flight, 12 waiting, 1 of 3 …", UsageLine.of(USAGE, 40));
  }
}
