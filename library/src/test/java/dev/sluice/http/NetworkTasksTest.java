package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that share threads, without waiting for each other. */
@Timeout(10)
class NetworkTasksTest {
  /** What the scheduler was asked to run; a thread is one of these. */
  private final List<Runnable> threads = new ArrayList<>();

  private final NetworkTasks tasks = new NetworkTasks(Schedulers.from(threads::add));
  private final List<String> events = new ArrayList<>();

  @Test
  void noTaskWaitsForTheEndOfAnother() {
    tasks.execute(
        () -> {
          events.add("first begins");
          threads.get(1).run();
          events.add("first ends");
        },
        e -> {});
    tasks.execute(() -> events.add("second"), e -> {});
    threads.get(0).run();
    assertEquals(List.of("first begins", "second", "first ends"), events);
  }

  @Test
  void oneThreadRunsSeveralTasks() {
    tasks.execute(() -> events.add("first"), e -> {});
    tasks.execute(() -> events.add("second"), e -> {});
    assertEquals(1, threads.size());
    threads.get(0).run();
    assertEquals(List.of("first", "second"), events);
  }

  @Test
  void aTaskAfterTheLastThreadHasEndedWakesAnother() {
    tasks.execute(() -> events.add("first"), e -> {});
    threads.get(0).run();
    tasks.execute(() -> events.add("second"), e -> {});
    threads.get(threads.size() - 1).run();
    assertEquals(List.of("first", "second"), events);
  }

  @Test
  void aTaskWithoutAThreadIsReplacedAndTheNextOneRuns() {
    threads.add(() -> {});
    NetworkTasks scarce =
        new NetworkTasks(
            Schedulers.from(
                task -> {
                  if (!threads.isEmpty()) {
                    threads.clear();
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  task.run();
                }));
    scarce.execute(() -> events.add("first"), e -> events.add(String.valueOf(e.getMessage())));
    scarce.execute(() -> events.add("second"), e -> events.add("failed"));
    assertEquals(List.of("HTTP call: no thread: unable to create native thread", "second"), events);
  }

  @Test
  void aTaskAfterARefusedOneRuns() {
    List<Throwable> reported = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(reported::add); // RxJava reports the rejection, and goes on.
    NetworkTasks refused =
        new NetworkTasks(
            Schedulers.from(
                task -> {
                  if (reported.isEmpty()) {
                    throw new RejectedExecutionException();
                  }
                  task.run();
                }));
    refused.execute(() -> events.add("first"), e -> events.add(String.valueOf(e.getMessage())));
    refused.execute(() -> events.add("second"), e -> events.add("failed"));
    assertEquals(
        List.of("HTTP call: no thread: the network scheduler refused the call", "second"), events);
  }
}
