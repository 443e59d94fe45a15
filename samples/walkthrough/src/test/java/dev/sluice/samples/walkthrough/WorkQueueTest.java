package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.walkthrough.WorkQueue.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  @Test
  void theFirstSynchronousWorkerTakesAllTasks() {
    assertEquals(
        List.of(
            "0.0 One starts 15",
            "0.0 One ends 15 after 0.0 s",
            "0.0 One starts 10",
            "0.0 One ends 10 after 0.0 s",
            "0.0 One starts 5",
            "0.0 One ends 5 after 0.0 s",
            "0.0 One starts 2",
            "0.0 One ends 2 after 0.0 s",
            "0.0 Two finds nothing to do",
            "0.0 total: 0.0 s"),
        lines(Version.V1));
  }

  @Test
  void cooperativeWorkersTakeTurns() {
    assertEquals(
        List.of(
            "0.0 One starts 15",
            "0.0 Two starts 10",
            "0.0 Two ends 10 after 0.0 s",
            "0.0 Two starts 5",
            "0.0 One ends 15 after 0.0 s",
            "0.0 One starts 2",
            "0.0 Two ends 5 after 0.0 s",
            "0.0 One ends 2 after 0.0 s",
            "0.0 total: 0.0 s"),
        lines(Version.V2));
  }

  @Test
  void blockingDelaysAddUp() {
    assertEquals(
        List.of(
            "0.0 One starts 15",
            "15.0 One ends 15 after 15.0 s",
            "15.0 Two starts 10",
            "25.0 Two ends 10 after 10.0 s",
            "25.0 One starts 5",
            "30.0 One ends 5 after 5.0 s",
            "30.0 Two starts 2",
            "32.0 Two ends 2 after 2.0 s",
            "32.0 total: 32.0 s"),
        lines(Version.V3));
  }

  @Test
  void nonBlockingDelaysOverlap() {
    assertEquals(
        List.of(
            "0.0 One starts 15",
            "0.0 Two starts 10",
            "10.0 Two ends 10 after 10.0 s",
            "10.0 Two starts 5",
            "15.0 One ends 15 after 15.0 s",
            "15.0 Two ends 5 after 5.0 s",
            "15.0 One starts 2",
            "17.0 One ends 2 after 2.0 s",
            "17.0 total: 17.0 s"),
        lines(Version.V4));
  }

  private static List<String> lines(Version version) {
    return VirtualTime.linesOf(context -> WorkQueue.run(version, context));
  }
}
