package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void blockingCountersRunInTurn() {
    assertEquals(
        List.of(
            "0.0 One",
            "1.0 Two",
            "1.0 One",
            "2.0 Two",
            "2.0 One",
            "3.0 Two",
            "3.0 count sync: 3.0 s"),
        VirtualTime.linesOf(context -> Count.run(Count.Mode.SYNC, context)));
  }

  @Test
  void timersOfNonBlockingCountersOverlap() {
    assertEquals(
        List.of(
            "0.0 One",
            "0.0 One",
            "0.0 One",
            "1.0 Two",
            "1.0 Two",
            "1.0 Two",
            "1.0 count async: 1.0 s"),
        VirtualTime.linesOf(context -> Count.run(Count.Mode.ASYNC, context)));
  }
}
