package dev.sluice;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The policy of a client whose time the test moves by hand, and which knows when it is idle. */
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

  /** Until every permit is back and every network thread is done, the start of a wait included. */
  public void awaitIdle() {
    Await.until(() -> policy.limiter().inFlight() == 0, "no permit is out");
    Await.until(() -> running.get() == 0, "no network thread is at work");
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
