package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BoundedQueueTest {
  @Test
  void threeConsumersTake40ItemsFromAQueueOf4() {
    assertEquals(
        List.of("4.2 40 put, 40 consumed", "4.2 at most 4 queued, in 4.2 s"),
        VirtualTime.linesOf(context -> queue(context)));
  }

  @Test
  void oneConsumerTakesThreeTimesAsLong() {
    assertEquals(
        List.of("12.0 40 put, 40 consumed", "12.0 at most 4 queued, in 12.0 s"),
        VirtualTime.linesOf(context -> queue(context, "--consumers", "1")));
  }

  @Test
  void noItemIsLostBetweenThreads() {
    Run run =
        Run.of("queue", "--items", "20000", "--producers", "4", "--capacity", "7", "--work", "0");
    assertEquals("80000 put, 80000 consumed", run.lines().get(0));
    assertTrue(run.lines().get(1).matches("at most [1-7] queued, in .*"), run.lines().get(1));
  }

  private static Completable queue(SampleContext context, String... options) {
    BoundedQueue queue = new BoundedQueue();
    new CommandLine(queue).parseArgs(options);
    return queue.run(context);
  }
}
