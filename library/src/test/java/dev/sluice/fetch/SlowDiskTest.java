package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Await;
import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.lang.Thread.State;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not keep up with the network. */
@Timeout(60)
class SlowDiskTest {
  private static final byte[] CONTENT = content(7, 8 << 20);

  @TempDir Path outside;

  @Test
  void theNetworkIsReadNoFasterThanTheDiskWrites() throws IOException {
    TestScheduler clock = new TestScheduler();
    CountDownLatch released = new CountDownLatch(1);
    AtomicLong received = new AtomicLong();
    AtomicReference<Thread> reader = new AtomicReference<>();
    ExecutorService disk = Executors.newSingleThreadExecutor();
    IoSchedulers schedulers =
        new IoSchedulers(IoSchedulers.shared().network(), Schedulers.from(disk), clock);
    Policy policy = Policy.limit(1).withSchedulers(schedulers);
    try (RangeServer server = new RangeServer();
        HttpClient client = HttpClient.at(server.raw().base(), policy, HttpOptions.standard())) {
      URI url = server.serve("x.bin", CONTENT);
      var run =
          Downloads.into(Folder.at(outside), client)
              .withProgress(
                  bytes -> {
                    reader.set(Thread.currentThread());
                    if (received.getAndAdd(bytes) == 0) {
                      disk.execute(() -> awaitQuietly(released));
                    }
                  })
              .pipeline()
              .run(Download.of(url))
              .test();
      long buffers = 4L * HandOver.bufferBytes(1);
      Await.until(() -> received.get() >= buffers, "all buffers are full");
      Await.until(() -> isWaiting(reader.get()), "the reader waits for the disk");

      // A disk that is at work is no server that has stalled.
      clock.advanceTimeBy(10, MINUTES);
      run.assertNotComplete();
      assertEquals(buffers, received.get());

      released.countDown();
      run.awaitDone(10, SECONDS).assertComplete();
      assertArrayEquals(CONTENT, Files.readAllBytes(outside.resolve("x.bin")));
    } finally {
      released.countDown();
      disk.shutdown();
    }
  }

  private static boolean isWaiting(@Nullable Thread thread) {
    return thread != null && thread.getState() == State.WAITING;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
