package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TaskTest {
  private final TestScheduler loop = new TestScheduler();
  private final Task<Long> task = Task.create("A", Single.timer(2, SECONDS, loop), loop);

  @Test
  void keepsRunningWhenItsSubscriberIsDisposed() {
    task.result().test().dispose();
    loop.advanceTimeBy(2, SECONDS);
    task.result().test().assertValue(0L);
  }

  @Test
  void aCancelledTaskIsDoneButHasNotFailed() {
    loop.advanceTimeBy(1, SECONDS);
    task.cancel();
    assertFalse(task.isDone(), "cancelled on the next turn of the loop");
    loop.triggerActions();
    assertTrue(task.isDone());
    assertFalse(task.hasFailed());
    task.result().test().assertError(CancellationException.class);
  }

  @Test
  void cancellingADoneTaskHasNoEffect() {
    loop.advanceTimeBy(2, SECONDS);
    task.cancel();
    loop.triggerActions();
    task.result().test().assertValue(0L);
  }
}
