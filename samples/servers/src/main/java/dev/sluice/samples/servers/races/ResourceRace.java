package dev.sluice.samples.servers.races;

import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.PublishSubject;

/**
 * Race 8: two clients open a resource each and use it. The first use fails; the second is right
 * when the client of the first has closed its resource.
 */
final class ResourceRace {
  private static final String USE = "use=";
  private static final String CLOSE = "close=";

  private final PublishSubject<String> closed = PublishSubject.create();
  private int opened;

  Maybe<Response> answer(Race race, String query) {
    if (query.equals("open")) {
      opened++;
      return Races.text(Status.OK, "resource-" + opened);
    }
    if (query.startsWith(USE)) {
      return race.enter(number -> use(query.substring(USE.length()), race, number));
    }
    if (query.startsWith(CLOSE)) {
      return Races.text(Status.OK, "closed")
          .doOnSubscribe(d -> closed.onNext(query.substring(CLOSE.length())));
    }
    return Races.text(Status.BAD_REQUEST, "allowed are /8?open, /8?use=ID and /8?close=ID");
  }

  private Maybe<Response> use(String id, Race race, int number) {
    return number == 1
        ? race.afterDecision(Races.text(Status.INTERNAL_SERVER_ERROR, "wrong"))
        : closed
            .doOnSubscribe(d -> race.decide())
            .firstElement()
            .flatMap(other -> Races.text(Status.OK, other.equals(id) ? "wrong" : "right"));
  }
}
