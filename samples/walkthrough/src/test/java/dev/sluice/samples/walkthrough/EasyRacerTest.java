package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Work;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.races.RaceRules;
import dev.sluice.samples.servers.races.RaceServer;
import dev.sluice.samples.testing.Run;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The races over loopback, in virtual time. */
@Timeout(120)
class EasyRacerTest {
  private static final int CROWD = 100;

  private final TestScheduler clock = new TestScheduler();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountingHttpClient racers = new CountingHttpClient(http);

  private HttpServer server;
  private EasyRacer races;
  private volatile boolean computing;

  @BeforeEach
  void start() throws IOException {
    server = RaceServer.start(HttpServerSettings.onLoopback(), new RaceRules(CROWD, clock, 1));
    races =
        new EasyRacer(
            server.uri(),
            racers,
            CROWD,
            clock,
            Work.blocking(this::compute),
            () -> computing ? 1 : 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Counts as a full load until it is interrupted, on a machine of any speed. */
  private String compute(String key) throws InterruptedException {
    computing = true;
    try {
      new CountDownLatch(1).await();
      return key;
    } finally {
      computing = false;
    }
  }

  @Test
  void everyRaceIsRightAndLeavesNoRequestOpen() {
    List<String> results = awaited(Flowable.range(1, 11).concatMapSingle(races::run).toList());
    assertEquals(Stream.generate(() -> "right").limit(11).toList(), results);
    awaitOpenRequests("");
  }

  @Test
  void aRaceIsRightAgain() {
    assertEquals(
        List.of("right", "right", "right", "right"),
        awaited(Flowable.just(1, 1, 3, 3).concatMapSingle(races::run).toList()));
  }

  @Test
  void aClientThatDoesNotCancelTheLoserIsNotRightAgain() {
    CompletableFuture<String> winner = first("/1", 2);
    assertEquals("right", winner.join());
    awaitOpenRequests("race 1: 1 open\n");
    CompletableFuture<String> again = first("/1", 2);
    awaitOpenRequests("race 1: 3 open\n");
    assertFalse(again.isDone());
  }

  @Test
  void aClientThatDoesNotTimeOutIsNotRight() {
    CompletableFuture<String> winner = first("/4", 2);
    awaitOpenRequests("race 4: 2 open\n");
    assertFalse(winner.isDone());
  }

  @Test
  void aClientForWhichAnErrorWinsIsNotRight() {
    CompletableFuture<Void> both = CompletableFuture.allOf(get("/2"), get("/2"));
    CompletableFuture<Boolean> failed = both.handle((done, e) -> e != null);
    assertTrue(awaited(Single.fromCompletionStage(failed)));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void aClientForWhichAnyStatusWinsIsNotRight(int race) {
    CompletableFuture<String> winner = first("/" + race, race == 5 ? 2 : 3);
    assertEquals("wrong", awaited(Single.fromCompletionStage(winner)));
  }

  @Test
  void aClientThatHedgesAtOnceIsNotRight() {
    assertEquals("wrong", first("/7", 2).join());
  }

  @Test
  void lettersInTheOrderOfTheRequestsAreNotRight() {
    List<CompletableFuture<String>> letters = Stream.generate(() -> get("/9")).limit(10).toList();
    String word =
        awaited(
            Flowable.fromIterable(letters)
                .concatMapSingle(Single::fromCompletionStage)
                .reduce("", String::concat));
    assertNotEquals("right", word.replace("wrong", ""));
  }

  @Test
  void theCommandPrintsEachRaceAgainstAServerOfItsOwn() {
    Run run = Run.of("easyracer", "--crowd", "50", "--time-scale", "5");
    List<String> lines = run.lines();
    assertEquals(11, lines.size(), lines::toString);
    assertEquals("race 1: right", lines.get(0));
    assertEquals("race 11: right", lines.get(10));
    // The real load of race 10 is low on a machine that is busy with other work.
    boolean allRight = lines.stream().allMatch(line -> line.endsWith(": right"));
    assertEquals(allRight ? 0 : 1, run.status());
  }

  @Test
  void aCommandWithoutAServerLosesEachRaceAndSaysWhy() {
    server.close();
    Run run = Run.of("easyracer", "--base", server.uri().toString(), "--crowd", "3");
    assertEquals(1, run.status());
    String address = "127.0.0.1:" + server.uri().getPort();
    assertEquals("race 1: connection refused by " + address, run.lines().get(0));
  }

  @Test
  void refusesWhatIsNoUrl() {
    Run run = Run.of("easyracer", "--base", "loopback");
    assertEquals(2, run.status());
    assertEquals(
        "sluice easyracer: --base: 'loopback' is not a URL such as http://127.0.0.1:8004"
            + " (see 'sluice easyracer --help')",
        run.err().strip());
  }

  /** Runs in virtual time, which stands still while a request or a response is on its way. */
  private <T> T awaited(Single<T> work) {
    TestObserver<T> end = work.test();
    while (end.values().isEmpty()) {
      if (openRequests() == racers.open()) {
        clock.advanceTimeBy(200, MILLISECONDS);
      }
    }
    return end.values().get(0);
  }

  private int openRequests() {
    // Such as "race 9: 4 open".
    return get("/")
        .join()
        .lines()
        .mapToInt(line -> Integer.parseInt(line.replaceAll(".*: | open", "")))
        .sum();
  }

  /** Sends a request that is never cancelled, and completes with the body of any response. */
  private CompletableFuture<String> get(String path) {
    HttpClient client = path.equals("/") ? http : racers;
    return client
        .sendAsync(
            HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString())
        .thenApply(response -> response.body());
  }

  /** Sends requests, and completes with the body of the first response, whatever its status. */
  private CompletableFuture<String> first(String path, int count) {
    CompletableFuture<?>[] racers =
        Stream.generate(() -> get(path)).limit(count).toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.anyOf(racers).thenApply(String.class::cast);
  }

  /** The server notices a moment later that a client has hung up. */
  private void awaitOpenRequests(String expected) {
    String open = get("/").join();
    while (!open.equals(expected)) {
      Thread.onSpinWait();
      open = get("/").join();
    }
  }
}
