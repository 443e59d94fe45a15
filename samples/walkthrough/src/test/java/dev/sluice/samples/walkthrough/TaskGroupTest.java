package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGroupTest {
  private static final List<String> LINES =
      List.of(
          "-- all succeed",
          "0.0 A starts",
          "0.0 B starts",
          "0.0 C starts",
          "1.0 B ends",
          "2.0 C ends",
          "3.0 A ends",
          "3.0 scope ends",
          "-- one fails",
          "0.0 A starts",
          "0.0 B starts",
          "0.0 C starts",
          "1.0 B fails",
          "1.0 A cancelled",
          "1.0 C cancelled",
          "1.0 raised: B failed",
          "-- the scope is cancelled",
          "0.0 A starts",
          "0.0 B starts",
          "0.0 C starts",
          "1.0 B ends",
          "1.5 A cancelled",
          "1.5 C cancelled",
          "1.5 raised: timed out",
          "-- the first result is enough",
          "0.0 A starts",
          "0.0 B starts",
          "0.0 C starts",
          "1.0 B ends",
          "1.0 A cancelled",
          "1.0 C cancelled",
          "1.0 first: B");

  @Test
  void noChildOutlivesItsScope() {
    assertEquals(LINES, VirtualTime.untimedLinesOf(new TaskGroup()::run));
  }

  @Test
  void printsTheSameLinesAsAsyncio() throws Exception {
    assertEquals(
        withCancellationsSorted(LINES),
        withCancellationsSorted(PythonAsyncio.linesOf("taskgroup")));
  }

  /** asyncio cancels the tasks of a set, in no particular order. */
  private static List<String> withCancellationsSorted(List<String> lines) {
    List<String> sorted = new ArrayList<>(lines);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).endsWith("A cancelled") && sorted.get(i - 1).endsWith("C cancelled")) {
        sorted.set(i, sorted.set(i - 1, sorted.get(i)));
      }
    }
    return sorted;
  }
}
