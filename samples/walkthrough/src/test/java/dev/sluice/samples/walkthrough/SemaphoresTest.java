package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SemaphoresTest {
  @Test
  void neverExceedsThePermits() {
    assertEquals(
        List.of(
            "1.0 no limit: peak in flight 12, 1.0 s",
            "5.0 flatMap(…, 3): peak in flight 3, 4.0 s",
            "7.0 the first stream: peak in flight 3",
            "9.0 the second stream: peak in flight 3",
            "9.0 two streams with one limiter: peak in flight 3, 4.0 s"),
        VirtualTime.linesOf(context -> Semaphores.run(3, context)));
  }
}
