package dev.sluice.samples.servers.races;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of the races in virtual time, with right clients and with wrong ones. */
class RacesTest {
  private static final String RIGHT = "200 OK right";
  private static final String WRONG = "500 Internal Server Error wrong";

  private final TestScheduler clock = new TestScheduler();
  private final Races races = new Races(new RaceRules(4, clock, 1));

  @Test
  void theFirstOfTwoWins() {
    TestObserver<String> first = send("/1");
    first.assertEmpty();
    TestObserver<String> loser = send("/1");
    first.assertResult(RIGHT);
    loser.assertEmpty();
  }

  @Test
  void aLoserThatIsNotCancelledSpoilsTheNextRun() {
    send("/1");
    TestObserver<String> loser = send("/1");
    assertEquals("race 1: 1 open\n", send("/").values().get(0).substring("200 OK ".length()));
    send("/1").assertEmpty();
    TestObserver<String> late = send("/1");
    advance(3600);
    late.assertEmpty();
    loser.assertEmpty();
  }

  @Test
  void aCancelledLoserDoesNot() {
    send("/1");
    send("/1").dispose();
    TestObserver<String> first = send("/1");
    send("/1");
    first.assertResult(RIGHT);
  }

  @Test
  void theSecondConnectionIsClosedASecondBeforeTheFirstIsRight() {
    TestObserver<String> first = send("/2");
    send("/2").assertResult();
    first.assertEmpty();
    advance(1);
    first.assertResult(RIGHT);
  }

  @Test
  void theLastOfACrowdIsRight() {
    List<TestObserver<String>> all = Stream.generate(() -> send("/3")).limit(4).toList();
    all.subList(0, 3).forEach(TestObserver::assertEmpty);
    all.get(3).assertResult(RIGHT);
  }

  @Test
  void aRequestThatTimesOutMakesTheOtherRight() {
    TestObserver<String> hasty = send("/4");
    TestObserver<String> patient = send("/4");
    advance(3600);
    patient.assertEmpty();
    hasty.dispose();
    patient.assertResult(RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void theFirstFailsAndTheSecondIsRightASecondLater(int race) {
    TestObserver<String> first = send("/" + race);
    TestObserver<String> second = send("/" + race);
    if (race == 6) {
      second.assertEmpty();
      send("/" + race).assertEmpty();
    }
    first.assertResult(WRONG);
    advance(1);
    second.assertResult(RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aHedgeIsRightAfterTwoSeconds(int seconds) {
    TestObserver<String> first = send("/7");
    advance(seconds);
    send("/7");
    first.assertResult(seconds < 2 ? WRONG : RIGHT);
  }

  @Test
  void theSecondUseIsRightWhenTheResourceOfTheFirstIsClosed() {
    String one = open();
    String two = open();
    assertNotEquals(one, two);
    TestObserver<String> first = send("/8?use=" + one);
    TestObserver<String> second = send("/8?use=" + two);
    first.assertResult(WRONG);
    second.assertEmpty();
    send("/8?close=" + one);
    second.assertResult(RIGHT);
  }

  @Test
  void theSecondUseIsWrongWhenItsOwnResourceIsClosed() {
    String one = open();
    String two = open();
    send("/8?use=" + one);
    TestObserver<String> second = send("/8?use=" + two);
    send("/8?close=" + two);
    second.assertResult("200 OK wrong");
  }

  @Test
  void lettersComeASecondApartAndHalfOfTheAnswersFail() {
    StringBuilder word = new StringBuilder();
    List<TestObserver<String>> all =
        Stream.generate(
                () ->
                    response("/9")
                        .filter(response -> response.startsWith("200 OK "))
                        .doOnSuccess(response -> word.append(response, 7, 8))
                        .test())
            .limit(10)
            .toList();
    advance(0);
    assertEquals("r", word.toString());
    advance(1);
    assertEquals("ri", word.toString());
    advance(3);
    assertEquals("right", word.toString());
    all.forEach(TestObserver::assertComplete);
    assertNotEquals("right", inOrder(all), "the order of the requests must not be the answer");
  }

  @Test
  void aHighLoadThatEndsInTimeIsRight() {
    TestObserver<String> blocker = send("/10?id");
    while (blocker.values().isEmpty()) {
      send("/10?id=0.95").assertValue("302 Found go on");
      advance(1);
    }
    send("/10?id=0.95").assertValue("302 Found the load is still 0.95");
    send("/10?id=0.05").assertResult(RIGHT);
  }

  @Test
  void aLowLoadOrTooFewReportsAreWrong() {
    TestObserver<String> blocker = send("/10?idle");
    while (blocker.values().isEmpty()) {
      send("/10?idle=0.1");
      advance(1);
    }
    send("/10?idle=0.1").assertResult("400 Bad Request the mean load was only 0.1");
    send("/10?silent");
    advance(10);
    String verdict = send("/10?silent=0").values().get(0);
    assertEquals("400 Bad Request 0 loads in", verdict.substring(0, 26));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/10", "/10?id=high", "/8", "/8?shut=1"})
  void explainsABadQuery(String target) {
    String answer = send(target).values().get(0);
    assertEquals("400 Bad Request ", answer.substring(0, 16));
  }

  @Test
  void theThirdIsRightWhenTwoHangUp() {
    TestObserver<String> first = send("/11");
    TestObserver<String> second = send("/11");
    send("/11").assertResult(RIGHT);
    first.assertResult();
    second.assertResult();
  }

  private String open() {
    return send("/8?open").values().get(0).substring("200 OK ".length());
  }

  private TestObserver<String> send(String target) {
    return response(target).test();
  }

  /** The status and the body. */
  private Maybe<String> response(String target) {
    String[] parts = target.split("\\?", 2);
    String query = parts.length == 2 ? parts[1] : "";
    return races
        .answer(new Request("GET", parts[0], query, 1, Map.of()), Schedulers.trampoline())
        .map(response -> response.status() + " " + text(response));
  }

  /** Empties the buffer, as writing does. */
  private static String text(Response response) {
    return UTF_8.decode(response.body()).toString();
  }

  private static String inOrder(List<TestObserver<String>> all) {
    return all.stream()
        .flatMap(observer -> observer.values().stream())
        .map(response -> response.substring("200 OK ".length()))
        .collect(Collectors.joining());
  }

  private void advance(int seconds) {
    clock.advanceTimeBy(seconds, TimeUnit.SECONDS);
  }
}
