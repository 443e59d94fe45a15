package dev.sluice.samples.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.LimiterUsage;
import dev.sluice.LimiterUsage.Circuit;
import dev.sluice.LimiterUsage.OfLane;
import dev.sluice.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LaneTableTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final LaneTable table = new LaneTable(clock::get);

  @Test
  void hasTheMostOfEachLaneAndTheTimeThatItWasParked() {
    table.count("a:1", Outcome.success("k", 1));
    table.count("a:1", Outcome.failure("k", new IOException("lost"), 1));
    table.count("b:1", Outcome.notFound("k"));
    seeAfter(SECOND, "a:1", new OfLane(5, 3, 7, Circuit.CLOSED, Duration.ZERO));
    seeAfter(SECOND, "a:1", new OfLane(5, 1, 9, Circuit.OPEN, SECOND));
    seeAfter(SECOND, "a:1", new OfLane(5, 0, 9, Circuit.OPEN, SECOND));
    seeAfter(Duration.ofMillis(1500), "b:1", new OfLane(5, 2, 0, Circuit.CLOSED, Duration.ZERO));
    assertEquals(
        """
        lane       done  not found   failed  in flight  waiting  parked
        a:1           1          0        1          3        9  1 time, 2.5s
        b:1           0          1        0          2        0  -
        all           1          1        1          3        9  -
        """,
        printed());
  }

  @Test
  void hasTenRowsAndTheNumberOfTheOthers() {
    for (int i = 0; i < 25; i++) {
      table.count("host" + i, Outcome.success("k", 1));
    }
    List<String> lines = printed().lines().toList();
    assertEquals(13, lines.size());
    assertEquals("and 15 more", lines.get(11));
  }

  private void seeAfter(Duration time, String lane, OfLane usage) {
    clock.addAndGet(time.toNanos());
    table.see(new LimiterUsage(10, usage.inFlight(), usage.waiting(), Map.of(lane, usage)));
  }

  private String printed() {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString();
  }
}
