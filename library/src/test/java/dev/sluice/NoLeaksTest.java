package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NoLeaksTest {
  private final NoLeaks leaks = new NoLeaks();

  @Test
  void anErrorThatNobodyCouldBeToldFailsTheTest() {
    leaks.watch();
    RxJavaPlugins.onError(new IOException("too late"));

    AssertionError leak = assertThrows(AssertionError.class, leaks::check);
    assertTrue(leak.toString().contains("too late"));
    assertEquals(1, leak.getSuppressed().length);
  }

  @Test
  void aThreadThatHoldsTheMachineBackFailsTheTest() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    leaks.watch();
    Thread thread = new Thread(Completable.fromAction(end::await)::blockingAwait, "forgotten");
    thread.start();

    AssertionError leak = assertThrows(AssertionError.class, leaks::check);
    assertTrue(leak.toString().contains("forgotten"));
    end.countDown();
    thread.join();
  }

  @Test
  void aThreadThatIsAboutToEndIsNoLeak() throws InterruptedException {
    leaks.watch();
    new Thread(() -> {}).start();
    leaks.check();
  }

  @Test
  void theExtensionIsInForce() {
    String handler = String.valueOf(RxJavaPlugins.getErrorHandler());
    assertTrue(handler.startsWith(NoLeaks.class.getName()), handler);
  }
}
