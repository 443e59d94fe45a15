package dev.sluice.flags;

import static dev.sluice.Answers.head;
import static dev.sluice.Answers.ok;
import static dev.sluice.flags.FlagSite.FLAG;
import static dev.sluice.flags.FlagSite.codes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome.Success;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After dispose: connections closed, permits back, whole files only, no late signal. */
class DisposeTest {
  @TempDir Path folder;

  @Test
  void disposingCancelsACallWithoutResponse() {
    try (FlagSite site = FlagSite.of(folder, Exchange::untilTheClientLeaves)) {
      var running = site.flags.downloadAll(codes(200)).test();
      site.server.awaitRequests(5);
      running.cancel();

      site.server.awaitOpen(0);
      site.awaitIdle();
      assertTrue(site.server.paths().size() <= site.policy.limiter().limit());
      running.assertNoValues().assertNoErrors().assertNotComplete();
      assertEquals(List.of(), OneFlag.in(folder));
    }
  }

  @Test
  void disposingCutsOffABody() {
    try (FlagSite site =
        FlagSite.of(
            folder,
            exchange -> {
              exchange.send(head("200 OK", "Content-Length: 1000000"));
              exchange.send(Gifs.header("GIF89a"));
              exchange.untilTheClientLeaves();
            })) {
      var running = site.flags.downloads().run(OneFlag.BR).test();
      site.server.awaitRequests(1);
      running.dispose();
      site.server.awaitOpen(0);
      site.awaitIdle();
      assertEquals(List.of(), OneFlag.in(folder));
    }
  }

  @Test
  void takingTheFirstOutcomeCancelsTheOtherCalls() {
    try (FlagSite site =
        FlagSite.of(
            folder,
            exchange -> {
              if (!exchange.path().equals("/ad/ad.gif")) {
                exchange.untilTheClientLeaves();
              }
              exchange.send(FLAG);
            })) {
      site.flags.downloadAll(codes(20)).take(1).test().awaitDone(10, SECONDS).assertValueCount(1);
      site.awaitIdle();
      assertEquals(List.of(folder.resolve("AD.gif")), OneFlag.in(folder));
    }
  }

  @Test
  void aThousandDisposalsAtRandomMomentsLeakNothing() throws IOException {
    byte[] flag = ok("image/gif", Gifs.ofAtLeast(20_000));
    Random random = new Random(42);
    try (FlagSite site = FlagSite.limited(folder, 5, exchange -> exchange.send(flag))) {
      for (int i = 0; i < 1_000; i++) {
        var running = site.flags.downloadAll(codes(20)).test();
        spin(random.nextInt(200_000));
        running.cancel();
      }
      site.awaitIdle();
      assertWholeFilesOnly();
      // Every permit is back, and the server still answers.
      site.flags.downloadAll(codes(20)).test().awaitDone(10, SECONDS).assertValueCount(20);
    }
  }

  @Test
  void disposingOnInterruptingSchedulersLeaksNothing() throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    Scheduler network = Schedulers.from(threads, true);
    IoSchedulers interrupting = IoSchedulers.shared().withNetwork(network).withDisk(network);
    Random random = new Random(42);
    try (FlagSite site =
        new FlagSite(
            folder,
            policy -> policy.withSchedulers(interrupting),
            exchange -> exchange.send(ok("image/gif", Gifs.ofAtLeast(20_000))))) {
      for (int i = 0; i < 300; i++) {
        var running = site.flags.downloadAll(codes(20)).test();
        spin(random.nextInt(200_000));
        running.cancel();
      }
      site.awaitIdle();
      assertWholeFilesOnly();
      var after = site.flags.downloadAll(codes(20)).test().awaitDone(10, SECONDS);
      assertTrue(after.assertValueCount(20).values().stream().allMatch(Success.class::isInstance));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void disposingBeforeTheStartSendsNoRequest() {
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      site.flags.downloads().run(OneFlag.BR).test(true).assertNoValues();
      site.awaitIdle();
      assertEquals(0, site.server.accepted());
    }
  }

  private void assertWholeFilesOnly() throws IOException {
    // A write that had begun may be at its end just now, and another may begin after this look.
    List<Path> files = new ArrayList<>();
    Await.until(
        () -> {
          files.clear();
          files.addAll(OneFlag.in(folder));
          return files.stream().allMatch(file -> file.toString().endsWith(".gif"));
        },
        "no temp file is left");
    for (Path file : files) {
      assertTrue(Gif.isWhole(Files.readAllBytes(file)), file::toString);
    }
  }

  private static void spin(int rounds) {
    for (int i = 0; i < rounds; i++) {
      Thread.onSpinWait();
    }
  }
}
