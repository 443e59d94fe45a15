package dev.sluice;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A policy for a client under test: virtual time, and a way to wait until all work has ended. */
public final class TestClient {
  private final TestScheduler clock = new TestScheduler();
  private final Policy policy;
  private final AtomicInteger running = new AtomicInteger();

  public TestClient(Policy standard, UnaryOperator<Policy> change) {
    policy =
        change.apply(
            standard.withSchedulers(
                IoSchedulers.shared()
                    .withTimer(clock)
                    .withNetwork(Schedulers.from(this::onTheNetwork))));
  }

  public Policy policy() {
    return policy;
  }

  public TestScheduler clock() {
    return clock;
  }

  public void pass(Duration time) {
    clock.advanceTimeBy(time.toMillis(), MILLISECONDS);
  }

  /**
   * Waits until all permits are back and no network thread runs a task. A retry has then scheduled
   * its delay.
   */
  public void awaitIdle() {
    Await.until(() -> policy.limiter().inFlight() == 0, "all permits are back");
    Await.until(() -> running.get() == 0, "no network thread runs a task");
  }

  private void onTheNetwork(Runnable task) {
    running.incrementAndGet();
    IoSchedulers.shared()
        .network()
        .scheduleDirect(
            () -> {
              try {
                task.run();
              } finally {
                running.decrementAndGet();
              }
            });
  }
}
