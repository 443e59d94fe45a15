package dev.sluice;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IoSchedulersTest {
  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

  @Test
  void sharedThreadsInheritNothingFromTheThreadThatNeededThemFirst() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    CountDownLatch allBusy = new CountDownLatch(64);
    try (URLClassLoader app = new URLClassLoader("app", new URL[0], before)) {
      TENANT.set("tenant");
      Thread.currentThread().setContextClassLoader(app);
      // So many at once that some threads are new.
      List<Single<Thread>> threads =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      Single.fromCallable(
                              () -> {
                                allBusy.countDown();
                                allBusy.await(10, SECONDS);
                                assertNull(TENANT.get());
                                return Thread.currentThread();
                              })
                          .subscribeOn(IoSchedulers.shared().network()))
              .toList();
      Single.merge(threads)
          .doOnNext(
              thread ->
                  assertSame(IoSchedulers.class.getClassLoader(), thread.getContextClassLoader()))
          .test()
          .awaitDone(10, SECONDS)
          .assertValueCount(64);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      TENANT.remove();
    }
  }

  @Test
  void aSlowCallbackDoesNotStopTheClocksOfOthers() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try {
      timingOut()
          .subscribe(
              outcome -> {
                inside.countDown();
                release.await(20, SECONDS);
              });
      Await.until(() -> inside.getCount() == 0, "the callback is running");
      timingOut().test().awaitDone(10, SECONDS).assertValueCount(1);
      Single.timer(1, MILLISECONDS, IoSchedulers.shared().timer())
          .test()
          .awaitDone(10, SECONDS)
          .assertComplete();
    } finally {
      release.countDown();
    }
  }

  private static Single<Outcome<String, String>> timingOut() {
    Policy policy = Policy.limit(1).withAttemptTimeout(Duration.ofMillis(1));
    return Pipeline.<String, String>of(policy, key -> Maybe.never()).run("x");
  }

  @Test
  void aTaskWaitsForAPresentThreadIfNoFurtherOneCanBeStarted() throws Exception {
    ScarceThreads threads = new ScarceThreads(1);
    Executor pool = IoSchedulers.Pools.elastic(threads, 2);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    pool.execute(
        () -> {
          inside.countDown();
          awaitQuietly(goOn);
        });
    assertTrue(inside.await(10, SECONDS));
    pool.execute(second::countDown);
    goOn.countDown();
    assertTrue(second.await(10, SECONDS));
  }

  @Test
  void aTaskRunsOnTheCallersThreadIfNoThreadCanBeStarted() {
    Executor pool = IoSchedulers.Pools.elastic(new ScarceThreads(0), 2);
    assertThrows(OutOfMemoryError.class, () -> pool.execute(() -> {}));
    AtomicReference<Thread> ran = new AtomicReference<>();
    IoSchedulers.Pools.orHere(pool).execute(() -> ran.set(Thread.currentThread()));
    assertSame(Thread.currentThread(), ran.get());
  }

  @Test
  void aTaskIsKeptWhileTheOnlyThreadIsReplacedAfterAnError() throws Exception {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch replacing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ThreadFactory slow =
        task -> {
          if (made.incrementAndGet() > 1) {
            replacing.countDown();
            awaitQuietly(goOn);
          }
          // Named like those of a shared pool, which the leak check lets idle for their five
          // seconds.
          Thread thread = new Thread(task, "sluice-disk-" + made);
          thread.setDaemon(true);
          thread.setUncaughtExceptionHandler((dead, error) -> {});
          return thread;
        };
    Executor pool = IoSchedulers.Pools.elastic(slow, 1);
    pool.execute(
        () -> {
          throw new LinkageError("of a task");
        });
    assertTrue(replacing.await(10, SECONDS));
    CountDownLatch ran = new CountDownLatch(1);
    pool.execute(ran::countDown);
    goOn.countDown();
    assertTrue(ran.await(10, SECONDS));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes only so many threads. */
  private static final class ScarceThreads implements ThreadFactory {
    private final AtomicInteger left;

    ScarceThreads(int count) {
      left = new AtomicInteger(count);
    }

    @Override
    public Thread newThread(Runnable task) {
      if (left.getAndDecrement() <= 0) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      Thread thread = new Thread(task, "sluice-network-0");
      thread.setDaemon(true);
      return thread;
    }
  }

  @Test
  void theTimersWorkersShareItsClock() {
    Scheduler timer = IoSchedulers.shared().timer();
    Scheduler.Worker worker = timer.createWorker();
    try {
      assertTrue(worker.now(HOURS) - timer.now(HOURS) <= 1, "not the wall clock");
    } finally {
      worker.dispose();
    }
  }
}
