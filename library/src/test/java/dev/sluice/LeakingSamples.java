package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Test classes that leave something behind, run by {@link NoLeaksTest} alone. */
final class LeakingSamples {
  private static final Deque<AutoCloseable> LEFT = new ArrayDeque<>();

  private LeakingSamples() {}

  /** Closes what the samples left behind. */
  static void cleanUp() throws Exception {
    for (AutoCloseable left = LEFT.poll(); left != null; left = LEFT.poll()) {
      left.close();
    }
  }

  static class LeavesADaemonThread {
    @Test
    void test() {
      startThread(true);
    }
  }

  static class LeavesAUserThread {
    @Test
    void test() {
      startThread(false);
    }
  }

  /** The thread itself is exempt, the task on it is not. */
  static class LeavesATaskOnASharedThread {
    @Test
    void test() {
      CountDownLatch end = new CountDownLatch(1);
      CountDownLatch begun = new CountDownLatch(1);
      LEFT.push(end::countDown);
      IoSchedulers.shared()
          .network()
          .scheduleDirect(
              () -> {
                begun.countDown();
                awaitUninterruptibly(end);
              });
      awaitUninterruptibly(begun);
    }
  }

  static class LeavesAPermitOut {
    @Test
    void test() {
      LEFT.push(Limiter.of(7).permit(Maybe.never()).test()::dispose);
    }
  }

  static class LeavesAConnectionOpen {
    @Test
    void test() throws IOException {
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        keep(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        keep(listener.accept());
      }
    }
  }

  static class LeavesAFileOpen {
    @Test
    void test() throws IOException {
      keep(FileChannel.open(Path.of("pom.xml"), StandardOpenOption.READ));
    }
  }

  static class LeavesASelectorOpen {
    @Test
    void test() throws IOException {
      keep(Selector.open());
    }
  }

  static class LeavesAnUndeliverableError {
    @Test
    void test() {
      RxJavaPlugins.onError(new IOException("too late"));
    }
  }

  static class LeavesAThreadOfAField {
    final Thread thread = startThread(true);

    @Test
    void test() {}
  }

  static class LeavesAThreadOfTheClass {
    @BeforeAll
    static void start() {
      startThread(true);
    }

    @Test
    void test() {}
  }

  /** Everything that is exempt, or ends in time. */
  static class LeavesNothing {
    @Test
    void test() throws IOException {
      Limiter limiter = Limiter.of(1);
      limiter.permit(Maybe.never()).test().dispose();
      limiter.permit(Maybe.just(1)).subscribeOn(IoSchedulers.shared().network()).test();
      IoSchedulers.shared().disk().scheduleDirect(() -> {});
      new Thread(() -> {}, "ends at once").start();
      Selector.open().close();
    }
  }

  private static Thread startThread(boolean daemon) {
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> awaitUninterruptibly(end), "forgotten");
    thread.setDaemon(daemon);
    thread.start();
    LEFT.push(
        () -> {
          end.countDown();
          thread.join();
        });
    return thread;
  }

  private static <C extends AutoCloseable> C keep(C open) {
    LEFT.push(open);
    return open;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
