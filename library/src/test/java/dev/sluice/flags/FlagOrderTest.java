package dev.sluice.flags;

import static dev.sluice.flags.FlagSite.FLAG;
import static dev.sluice.flags.FlagSite.codes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.fetch.SavedFile;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of outcomes, and how far ahead codes are pulled. */
class FlagOrderTest {
  @TempDir Path folder;

  @Test
  void outcomesArriveInCompletionOrder() {
    AtomicInteger came = new AtomicInteger();
    try (FlagSite site =
        FlagSite.of(
            folder,
            exchange -> {
              if (exchange.path().equals("/aa/aa.gif")) {
                Await.until(() -> came.get() == 19, "the others came");
              }
              exchange.send(FLAG);
            })) {
      var outcomes =
          site.flags
              .downloadAll(codes(20))
              .doOnNext(outcome -> came.incrementAndGet())
              .test()
              .awaitDone(10, SECONDS);
      assertEquals(CountryCode.of("AA"), outcomes.assertValueCount(20).values().get(19).key());
    }
  }

  @Test
  void runInOrderKeepsTheOrderOfTheCodes() {
    // The window of 10 lets nine others be asked for while the first one is out.
    try (FlagSite site = FlagSite.of(folder, new TheFirstLast(10)::answer)) {
      var outcomes = site.flags.downloads().runInOrder(codes(50)).test().awaitDone(10, SECONDS);
      assertEquals(
          codes(50).toList().test().values().get(0),
          outcomes.values().stream().map(Outcome::key).toList());
    }
  }

  @Test
  void noCodeIsPulledBeyondTheWindow() {
    assertPulled(10, Flags::downloadAll);
    assertPulled(10, (flags, codes) -> flags.downloads().runInOrder(codes));
  }

  @Test
  void pullsNoFurtherThanDemandAndWindow() {
    AtomicLong pulled = new AtomicLong();
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      var slow =
          site.flags.downloadAll(codes(500).doOnNext(code -> pulled.incrementAndGet())).test(3);
      slow.awaitCount(3);
      Await.until(
          () -> OneFlag.in(folder).size() == pulled.get(), "all that were pulled are saved");
      slow.assertValueCount(3);
      assertEquals(13, pulled.get(), "three were taken, ten fill the window");
      slow.cancel();
    }
  }

  @Test
  void theSameCodeTwiceIsDownloadedTwice() {
    CountryCode br = OneFlag.BR;
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      site.flags
          .downloadAll(Flowable.just(br, br, br))
          .test()
          .awaitDone(10, SECONDS)
          .assertValueCount(3);
      assertEquals(3, site.server.paths().size());
      assertEquals(List.of(folder.resolve("BR.gif")), OneFlag.in(folder));
    }
  }

  @Test
  void anEmptySourceHasNoOutcomes() {
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      site.flags.downloadAll(Flowable.empty()).test().awaitDone(10, SECONDS).assertResult();
      site.flags
          .downloads()
          .runInOrder(Flowable.empty())
          .test()
          .awaitDone(10, SECONDS)
          .assertResult();
      assertEquals(0, site.server.accepted());
    }
  }

  @Test
  void anErrorOfTheSourceEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("the user's own");
    try (FlagSite site = FlagSite.of(folder, Exchange::untilTheClientLeaves)) {
      Flowable<CountryCode> source = codes(3).concatWith(Flowable.error(bug));
      site.flags.downloadAll(source).test().awaitDone(10, SECONDS).assertError(bug);
      site.server.awaitOpen(0);
    }
  }

  private interface Download {
    Flowable<Outcome<CountryCode, SavedFile>> of(Flags flags, Flowable<CountryCode> codes);
  }

  private void assertPulled(long count, Download download) {
    AtomicLong pulled = new AtomicLong();
    try (FlagSite site = FlagSite.of(folder, Exchange::untilTheClientLeaves)) {
      Flowable<CountryCode> source = codes(500).doOnNext(code -> pulled.incrementAndGet());
      var running = download.of(site.flags, source).test();
      site.server.awaitRequests(5);
      assertEquals(count, pulled.get());
      running.cancel();
    }
  }

  /** Answers AA once all the others of a window were answered. */
  private static final class TheFirstLast {
    private final AtomicInteger left;

    TheFirstLast(int count) {
      left = new AtomicInteger(count - 1);
    }

    void answer(Exchange exchange) throws IOException {
      if (exchange.path().equals("/aa/aa.gif")) {
        Await.until(() -> left.get() <= 0, "the others were answered");
      }
      exchange.send(FLAG);
      left.decrementAndGet();
    }
  }
}
