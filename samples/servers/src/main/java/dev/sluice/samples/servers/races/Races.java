package dev.sluice.samples.servers.races;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plays the eleven scenarios of EasyRacer (github.com/jamesward/easyracer). A client that races its
 * requests rightly gets {@code right}. An empty {@code Maybe} closes the connection, and disposing
 * means that the client has hung up. Used on one thread.
 */
final class Races {
  private static final Maybe<Response> RIGHT = text(Status.OK, "right");
  private static final Maybe<Response> WRONG = text(Status.INTERNAL_SERVER_ERROR, "wrong");
  private static final String LETTERS = "right";

  private final RaceRules rules;
  private final Random random;
  private final ResourceRace resources = new ResourceRace();
  private final LoadRace loads;
  private final List<Race> races = Stream.generate(Race::new).limit(11).toList();
  private final List<Maybe<Response>> lettersLeft = new ArrayList<>();

  Races(RaceRules rules) {
    this.rules = rules;
    random = new Random(rules.seed());
    loads = new LoadRace(random);
  }

  /** A new response for each request, since writing it empties its buffer. */
  static Maybe<Response> text(Status status, String text) {
    return Maybe.fromSupplier(() -> Response.plain(status, text));
  }

  Maybe<Response> answer(Request request, Scheduler loop) {
    RaceClock clock = seconds -> Maybe.timer(seconds, SECONDS, rules.timer()).observeOn(loop);
    return switch (request.path()) {
      case "/" -> text(Status.OK, openRequests());
      case "/1" -> race(1).enter(number -> firstWins(race(1), number));
      case "/2" -> race(2).enter(number -> oneHangsUp(race(2), number, clock));
      case "/3" -> race(3).enter(this::crowd);
      case "/4" -> race(4).enter(number -> oneTimesOut(race(4)));
      case "/5" -> race(5).enter(number -> oneFails(race(5), number, 2, clock));
      case "/6" -> race(6).enter(number -> oneFails(race(6), number, 3, clock));
      case "/7" -> race(7).enter(number -> hedged(race(7), number, clock));
      case "/8" -> resources.answer(race(8), request.query());
      case "/9" -> race(9).enter(number -> letter(race(9), number, clock));
      case "/10" -> race(10).enter(number -> loads.answer(request.query(), clock));
      case "/11" -> race(11).enter(number -> twoHangUp(race(11), number));
      default -> text(Status.NOT_FOUND, "the races are at /1 to /11");
    };
  }

  private Race race(int number) {
    return races.get(number - 1);
  }

  /**
   * A line for each race that has open requests, which are those of clients that cancel nothing.
   */
  private String openRequests() {
    return IntStream.rangeClosed(1, races.size())
        .filter(number -> race(number).open() > 0)
        .mapToObj(number -> "race %d: %d open\n".formatted(number, race(number).open()))
        .collect(Collectors.joining());
  }

  private static Maybe<Response> firstWins(Race race, int number) {
    return number == 1 ? race.afterDecision(RIGHT) : decide(race, Maybe.never());
  }

  private static Maybe<Response> oneHangsUp(Race race, int number, RaceClock clock) {
    return number == 1
        ? race.afterDecision(clock.wait(1).flatMap(end -> RIGHT))
        : decide(race, Maybe.empty());
  }

  private Maybe<Response> crowd(int number) {
    return number < rules.crowd() ? Maybe.never() : RIGHT;
  }

  /** A request that its client gives up makes the others right. */
  private static Maybe<Response> oneTimesOut(Race race) {
    return race.afterDecision(RIGHT).doOnDispose(race::decide);
  }

  /** The first request fails, the second is right a second later, the last gets no response. */
  private static Maybe<Response> oneFails(Race race, int number, int racers, RaceClock clock) {
    Maybe<Response> response =
        number == 1 ? WRONG : number == 2 ? clock.wait(1).flatMap(end -> RIGHT) : Maybe.never();
    return number == racers ? decide(race, response) : race.afterDecision(response);
  }

  /** Wrong if the second request starts within 2 s of the first. */
  private static Maybe<Response> hedged(Race race, int number, RaceClock clock) {
    return number == 1
        ? race.afterDecision(WRONG)
            .takeUntil(clock.wait(2))
            .switchIfEmpty(race.afterDecision(RIGHT))
        : decide(race, Maybe.never());
  }

  private Maybe<Response> letter(Race race, int number, RaceClock clock) {
    if (number < 2 * LETTERS.length()) {
      return race.afterDecision(Maybe.defer(this::nextLetter));
    }
    lettersLeft.clear();
    Stream.concat(
            IntStream.range(0, LETTERS.length()).mapToObj(i -> letterAfter(i, clock)),
            LETTERS.chars().mapToObj(letter -> WRONG))
        .forEach(lettersLeft::add);
    return decide(race, Maybe.defer(this::nextLetter));
  }

  private static Maybe<Response> letterAfter(int seconds, RaceClock clock) {
    return clock
        .wait(seconds)
        .flatMap(end -> text(Status.OK, LETTERS.substring(seconds, seconds + 1)));
  }

  private Maybe<Response> nextLetter() {
    return lettersLeft.remove(random.nextInt(lettersLeft.size()));
  }

  private static Maybe<Response> twoHangUp(Race race, int number) {
    return number == 3 ? decide(race, RIGHT) : race.afterDecision(Maybe.empty());
  }

  /** The same response, which also ends the wait of the others. */
  private static <T> Maybe<T> decide(Race race, Maybe<T> response) {
    return response.doOnSubscribe(d -> race.decide());
  }
}
