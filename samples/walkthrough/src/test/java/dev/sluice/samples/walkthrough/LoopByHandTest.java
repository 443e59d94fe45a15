package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LoopByHandTest {
  @Test
  @Timeout(20)
  void runsWorkOnItsOwnThreadAndClosesIt() {
    assertEquals(
        List.of(
            "new_event_loop(): running false",
            "nested() on thread loop",
            "is_running(): true",
            "run_until_complete(nested()): 42",
            "is_closed(): false",
            "close(), is_closed(): true"),
        VirtualTime.untimedLinesOf(new LoopByHand()::run));
  }
}
