package dev.sluice.flags;

import static dev.sluice.flags.FlagSite.FLAG;
import static dev.sluice.flags.FlagSite.codes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.Await;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Tally;
import dev.sluice.fetch.SavedFile;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of connections, and their reuse. */
class ConnectionTest {
  @TempDir Path folder;

  @Test
  void reusesAsManyConnectionsAsThereArePermits() {
    try (FlagSite site = FlagSite.limited(folder, 4, exchange -> exchange.send(FLAG))) {
      site.flags
          .downloadAll(codes(200))
          .reduce(Tally.ZERO, Tally::plus)
          .test()
          .awaitDone(10, SECONDS)
          .assertValue(new Tally(200, 0, 0));
      assertTrue(site.server.accepted() <= 4, () -> "opened: " + site.server.accepted());
    }
  }

  @Test
  void fiveBurstsOfTwentyCallsOpenTwentyConnections() {
    AtomicInteger burst = new AtomicInteger();
    AtomicInteger here = new AtomicInteger();
    try (FlagSite site =
        FlagSite.limited(
            folder,
            20,
            exchange -> {
              here.incrementAndGet();
              Await.until(() -> here.get() >= 20 * burst.get(), "the whole burst is here");
              exchange.send(FLAG);
            })) {
      for (int i = 1; i <= 5; i++) {
        burst.set(i);
        site.flags.downloadAll(codes(20)).test().awaitDone(10, SECONDS).assertValueCount(20);
      }
      assertEquals(20, site.server.accepted());
    }
  }

  @Test
  void statusesWithoutAFlagKeepTheirConnection() {
    try (FlagSite site =
        FlagSite.limited(
            folder,
            1,
            exchange -> exchange.send(Answers.answer("404 Not Found", new byte[5_000], "X: y")))) {
      site.flags.downloadAll(codes(20)).test().awaitDone(10, SECONDS).assertValueCount(20);
      assertEquals(1, site.server.accepted());
    }
  }

  @Test
  void asManyCallsRunAsThereArePermits() {
    Semaphore gate = new Semaphore(0);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    try (FlagSite site =
        FlagSite.limited(
            folder,
            30,
            exchange -> {
              peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              gate.acquireUninterruptibly();
              inFlight.decrementAndGet();
              exchange.send(FLAG);
            })) {
      var outcomes = site.flags.downloadAll(codes(300)).test();
      Await.until(() -> inFlight.get() == 30, "30 in flight");
      gate.release(300);
      outcomes.awaitDone(10, SECONDS).assertValueCount(300);
      assertEquals(30, peak.get());
      assertTrue(site.server.accepted() <= 30, () -> "opened: " + site.server.accepted());
    }
  }

  @Test
  void twoStreamsOfOneClientShareItsPermits() {
    Semaphore gate = new Semaphore(0);
    AtomicInteger inFlight = new AtomicInteger();
    try (FlagSite site =
        FlagSite.limited(
            folder,
            3,
            exchange -> {
              inFlight.incrementAndGet();
              gate.acquireUninterruptibly();
              assertTrue(inFlight.getAndDecrement() <= 3);
              exchange.send(FLAG);
            })) {
      var both =
          Flowable.merge(
                  site.flags.downloadAll(codes(20)), site.flags.downloads().runInOrder(codes(20)))
              .test();
      Await.until(() -> inFlight.get() == 3, "3 in flight");
      gate.release(40);
      both.awaitDone(10, SECONDS).assertValueCount(40);
      assertTrue(both.values().stream().allMatch(Success.class::isInstance));
    }
  }

  /** A request that meets the close on its way fails: one permit is one request on the wire. */
  @Test
  void aServerThatClosesEveryConnectionCausesHardlyAFailure() {
    try (FlagSite site =
        FlagSite.limited(
            folder,
            4,
            exchange -> {
              exchange.send(FLAG);
              exchange.hangUp();
            })) {
      Tally tally = tally(site, 300);
      assertEquals(300, tally.total());
      assertTrue(tally.failed() <= 3, () -> "" + tally);
    }
  }

  @Test
  void opensANewConnectionAfterConnectionClose() {
    byte[] once =
        Answers.answer("200 OK", Gifs.tiny(), "Content-Type: image/gif", "Connection: close");
    try (FlagSite site = FlagSite.limited(folder, 2, exchange -> exchange.send(once))) {
      assertEquals(new Tally(20, 0, 0), tally(site, 20));
      assertEquals(20, site.server.accepted());
    }
  }

  @Test
  void aContentLengthThatIsTooShortFailsOnlyThatFlag() {
    byte[] cut = Answers.join(Answers.head("200 OK", "Content-Length: 20"), Gifs.ofAtLeast(20_000));
    try (FlagSite site =
        FlagSite.limited(
            folder, 1, exchange -> exchange.send(exchange.path().contains("/ac/") ? cut : FLAG))) {
      List<Outcome<CountryCode, SavedFile>> outcomes =
          site.flags.downloads().runInOrder(codes(6)).test().awaitDone(10, SECONDS).values();
      assertEquals(
          new Tally(5, 0, 1),
          outcomes.stream().reduce(Tally.ZERO, Tally::plus, (a, b) -> a),
          outcomes::toString);
    }
  }

  private static Tally tally(FlagSite site, int codes) {
    return site.flags
        .downloadAll(codes(codes))
        .reduce(Tally.ZERO, Tally::plus)
        .test()
        .awaitDone(10, SECONDS)
        .values()
        .get(0);
  }
}
