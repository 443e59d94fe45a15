package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WebPageTest {
  @Test
  @Timeout(20)
  void blocksOnlyThreadsThatMayBlock() throws Exception {
    String loop = Thread.currentThread().getName();
    VirtualTime time = new VirtualTime();
    ExecutorService io = Executors.newSingleThreadExecutor(task -> new Thread(task, "io"));
    var end = new WebPage().run(time.context(Schedulers.from(io))).test();
    time.awaitSleepers(1);
    time.advance(1);
    time.runUntilAsleep();
    time.advance(1);
    end.await().assertComplete();
    io.shutdown();
    assertEquals(
        List.of(
            "1.0 downloaded on io",
            "1.0 used: 13 characters on " + loop,
            "2.0 statistics updated on io"),
        time.lines());
  }
}
