package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ThreadsSceneTest {
  @Test
  void blockingWorkRunsOnItsOwnThreadBesideTheTimer() throws Exception {
    String loop = Thread.currentThread().getName();
    VirtualTime time = new VirtualTime();
    ExecutorService io = Executors.newSingleThreadExecutor(task -> new Thread(task, "io"));
    var end = new Threads().run(time.context(Schedulers.from(io))).test();
    time.awaitSleepers(1);
    time.advance(1);
    end.await().assertComplete();
    io.shutdown();
    // Two threads print at the same virtual time, in any order.
    List<String> lines = time.lines();
    assertEquals(
        List.of(
            "0.0 blocking work starts on io",
            "0.0 waiting starts on " + loop,
            "1.0 blocking work ends on io",
            "1.0 waiting ends on " + loop),
        lines.stream().limit(4).sorted().toList());
    assertEquals(List.of("1.0 total: 1.0 s"), lines.subList(4, lines.size()));
  }
}
