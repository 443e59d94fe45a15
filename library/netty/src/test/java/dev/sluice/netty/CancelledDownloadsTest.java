package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Policy;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloads;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Downloads over Netty that are cancelled leave no thread, permit, connection or buffer. */
@Timeout(60)
class CancelledDownloadsTest extends LongFileFixture {
  private static final int MANY = 200;
  private static final int SOME = 20;

  @Test
  void aDownloadThatIsCancelledBeforeItsHeadEnds() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    try (NettyDownloads netty = serving(ONE, (head, out) -> asked.countDown())) {
      var run = netty.downloads().pipeline().run(netty.of("a.bin")).test();
      NettyDownloads.await(asked);
      run.dispose();
      netty.awaitEnd();
    }
  }

  @Test
  void aDownloadThatIsCancelledMidwayLeavesNothingOpen() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    AnsweringServer.Answers half =
        (head, out) -> {
          if (requests.incrementAndGet() == 1) {
            file.start(out, LONG / 2);
          } else {
            file.answer(head, out);
          }
        };
    try (LeakedBuffers leaked = LeakedBuffers.watch()) {
      try (CountedThreads threads = new CountedThreads();
          NettyDownloads netty =
              serving(NettyDownloads.POLICY.withSchedulers(threads.schedulers()), half)) {
        Downloads watched = netty.downloads().withProgress(bytes -> begun.countDown());
        var run = watched.pipeline().run(netty.of("a.bin")).test();
        NettyDownloads.await(begun);
        run.dispose();
        netty.awaitEnd();
        // Until then, the file is open.
        NettyDownloads.await(() -> threads.busy() == 0, "the reader goes on");
        assertInstanceOf(Fetched.class, netty.download("a.bin"));
        assertArrayEquals(file.content(), netty.file("a.bin"));
      }
      leaked.assertNone();
    }
  }

  @Test
  void aReaderThatIgnoresItsInterruptKeepsThePermit() throws IOException {
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    try (NettyDownloads netty =
        serving(ONE, (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("there")))) {
      Supplier<Request> request =
          () -> {
            begun.incrementAndGet();
            return new Request.Builder().url(netty.server.base() + "x").build();
          };
      var first =
          netty
              .client
              .call(
                  request,
                  response -> {
                    reads.countDown();
                    NettyDownloads.await(goOn);
                    return response.code();
                  })
              .test();
      NettyDownloads.await(reads);
      first.dispose();
      var second = netty.client.call(request, Response::code).test();
      assertEquals(1, begun.get());
      goOn.countDown();
      second.awaitDone(20, SECONDS).assertResult(200);
      first.assertEmpty();
    }
  }

  @Test
  void aReaderThatWaitsForTheDiskIsInterrupted() throws IOException {
    List<Runnable> disk = new CopyOnWriteArrayList<>();
    try (CountedThreads threads = new CountedThreads();
        NettyDownloads netty =
            serving(
                ONE.withSchedulers(threads.schedulers().withDisk(Schedulers.from(disk::add))),
                file::answer)) {
      var run = netty.downloads().pipeline().run(netty.of("a.bin")).test();
      NettyDownloads.await(() -> disk.size() == 1, "the records of the folder are not asked for");
      disk.get(0).run();
      NettyDownloads.await(() -> disk.size() == 2, "the file is not opened");
      NettyDownloads.await(() -> threads.busy() == 1, "the reader has no thread");
      run.dispose();
      NettyDownloads.await(() -> threads.busy() == 0, "the reader waits for the disk");
      disk.subList(1, disk.size()).forEach(Runnable::run);
    }
  }

  @Test
  void downloadsMayBeCancelledAtAnyMoment() throws IOException {
    Random random = new Random(7);
    ServedFile small = ServedFile.random(2, 10_000);
    try (LeakedBuffers leaked = LeakedBuffers.watch()) {
      try (CountedThreads threads = new CountedThreads();
          NettyDownloads netty =
              serving(
                  Policy.limit(SOME).withSchedulers(threads.schedulers()),
                  (head, out) -> (head.hashCode() % 2 == 0 ? small : file).answer(head, out))) {
        for (int i = 0; i < MANY; i++) {
          var run = netty.many(MANY).test();
          LockSupport.parkNanos(random.nextInt(10_000_000));
          run.cancel();
        }
        NettyDownloads.await(() -> netty.client.policy().limiter().inFlight() == 0, "a permit");
        NettyDownloads.await(() -> netty.server.open() <= SOME, "connections are open");
        NettyDownloads.await(() -> threads.busy() == 0, "a reader goes on");
      }
      leaked.assertNone();
    }
  }
}
