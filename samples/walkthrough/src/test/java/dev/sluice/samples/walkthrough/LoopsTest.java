package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

  private final VirtualTime time = new VirtualTime();

  @Test
  void theNumberOfThreadsOfASchedulerDecidesTheTime() throws Exception {
    AtomicInteger names = new AtomicInteger();
    ExecutorService io =
        Executors.newCachedThreadPool(task -> new Thread(task, "io-" + names.incrementAndGet()));
    var end = new Loops().run(time.context(Schedulers.from(io))).test();
    completeFourCalls(4);
    completeFourCalls(PROCESSORS);
    completeFourCalls(1);
    if (HAS_VIRTUAL_THREADS) {
      completeFourCalls(4);
    }
    end.await().assertComplete();
    io.shutdown();
    List<String> lines = time.lines();
    assertEquals(4, lines.size());
    assertEquals("1.0 bounded I/O: 1.0 s on [io-1, io-2, io-3, io-4]", lines.get(0));
    assertTrue(lines.get(1).contains("RxComputationThreadPool-"), lines.get(1));
    assertTrue(lines.get(2).endsWith("single: 4.0 s on [RxSingleScheduler-1]"), lines.get(2));
    String last =
        HAS_VIRTUAL_THREADS
            ? "virtual threads: 1.0 s on [virtual-1, virtual-2, virtual-3, virtual-4]"
            : "virtual threads: not in JDK "
                + Runtime.version().feature()
                + "; JDK 21 and later have them";
    assertTrue(lines.get(3).endsWith(last), lines.get(3));
  }

  /** Advances the clock while four calls of 1 s run on this many threads. */
  private void completeFourCalls(int threads) throws InterruptedException {
    for (int remaining = 4; remaining > 0; remaining -= threads) {
      time.awaitSleepers(Math.min(remaining, threads));
      time.advance(1);
    }
  }
}
