package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final List<String> lines = VirtualTime.untimedLinesOf(new Waiting()::run);

  @Test
  void awaitReturnsTheResult() {
    assertScene("await", "0.0 A starts", "1.0 A ends", "1.0 awaited: A");
  }

  @Test
  void aCancelledTaskStopsAndRaises() {
    assertScene("create_task, cancel", "0.0 A starts", "1.0 A cancelled", "1.0 raised: cancelled");
  }

  @Test
  void aTaskCancelledAtOnceNeverStarts() {
    assertScene("create_task, cancel at once", "0.0 raised: cancelled");
  }

  @Test
  void gatherReturnsResultsInArgumentOrder() {
    assertScene(
        "gather",
        "0.0 A starts",
        "0.0 B starts",
        "1.0 B ends",
        "2.0 A ends",
        "2.0 gathered: [A, B]");
  }

  @Test
  void gatherRaisesTheFirstErrorAndTheOthersKeepRunning() {
    assertScene(
        "gather, one fails",
        "0.0 A starts",
        "0.0 B starts",
        "0.0 C starts",
        "1.0 B fails",
        "1.0 raised: B failed",
        "2.0 C ends",
        "3.0 A ends");
  }

  @Test
  void gatherWithReturnExceptionsReturnsFailures() {
    assertScene(
        "gather(return_exceptions=True)",
        "0.0 A starts",
        "0.0 B starts",
        "0.0 C starts",
        "1.0 B fails",
        "2.0 C ends",
        "3.0 A ends",
        "3.0 gathered: [A, B failed, C]");
  }

  @Test
  void waitForCancelsTheWorkAndRaises() {
    assertScene("wait_for(timeout=1)", "0.0 A starts", "1.0 A cancelled", "1.0 raised: timed out");
  }

  @Test
  void asCompletedReturnsResultsUntilTheTimeoutAndCancelsNothing() {
    assertScene(
        "as_completed(timeout=2)",
        "0.0 A starts",
        "0.0 B starts",
        "0.0 C starts",
        "1.0 B ends",
        "1.0 completed: B",
        "1.5 C ends",
        "1.5 completed: C",
        "2.0 raised: timed out",
        "3.0 A ends");
  }

  @Test
  void waitFirstCompletedLeavesTheOthersRunning() {
    assertScene(
        "wait(FIRST_COMPLETED)",
        "0.0 A starts",
        "0.0 B starts",
        "0.0 C starts",
        "1.0 B ends",
        "1.0 done: [B], pending: [A, C]",
        "2.0 C ends",
        "3.0 A ends");
  }

  @Test
  void waitFirstExceptionReturnsAndRaisesNothing() {
    assertScene(
        "wait(FIRST_EXCEPTION)",
        "0.0 A starts",
        "0.0 B starts",
        "0.0 C starts",
        "1.0 B ends",
        "2.0 C fails",
        "2.0 done: [B, C], pending: [A]",
        "3.0 A ends");
  }

  @Test
  void waitAllCompletedReturnsFailedTasksAsDone() {
    assertScene(
        "wait(ALL_COMPLETED)",
        "0.0 A starts",
        "0.0 B starts",
        "0.0 C starts",
        "1.0 B fails",
        "1.5 C ends",
        "2.0 A ends",
        "2.0 done: [A, B, C], pending: []");
  }

  @Test
  void printsTheSameLinesAsAsyncio() throws Exception {
    assertEquals(PythonAsyncio.linesOf("waiting"), lines);
  }

  private void assertScene(String title, String... expected) {
    int from = lines.indexOf("-- " + title) + 1;
    List<String> scene =
        lines.stream().skip(from).takeWhile(line -> !line.startsWith("--")).toList();
    assertEquals(List.of(expected), scene);
  }
}
