package dev.sluice.samples.servers.races;

import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import io.reactivex.rxjava3.core.Maybe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Race 10: a client computes for as long as one request is open, and reports its load each second
 * by other requests. Right when the load was high before that request ended, and is low after it.
 */
final class LoadRace {
  private static final double HIGH = 0.8;
  private static final double LOW = 0.3;

  private final Random random;
  private final Map<String, Session> sessions = new HashMap<>();

  LoadRace(Random random) {
    this.random = random;
  }

  /** One client: how long its request stays open, and the loads that it reported meanwhile. */
  private static final class Session {
    final int seconds;
    final List<Double> loads = new ArrayList<>();
    boolean over;

    Session(int seconds) {
      this.seconds = seconds;
    }

    double mean() {
      return loads.stream().mapToDouble(load -> load).average().orElse(0);
    }
  }

  Maybe<Response> answer(String query, RaceClock clock) {
    int equals = query.indexOf('=');
    String id = equals < 0 ? query : query.substring(0, equals);
    if (id.isEmpty()) {
      return Races.text(Status.BAD_REQUEST, "allowed are /10?ID and /10?ID=LOAD");
    }
    return equals < 0 ? open(id, clock) : report(id, query.substring(equals + 1));
  }

  private Maybe<Response> open(String id, RaceClock clock) {
    return Maybe.defer(
        () -> {
          Session session = new Session(5 + random.nextInt(5));
          sessions.put(id, session);
          return clock
              .wait(session.seconds)
              .doFinally(() -> session.over = true)
              .flatMap(end -> Races.text(Status.OK, "stop computing"));
        });
  }

  private Maybe<Response> report(String id, String text) {
    double load;
    try {
      load = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Races.text(Status.BAD_REQUEST, "the load is a number from 0 to 1");
    }
    Session session = sessions.get(id);
    if (session == null) {
      return Races.text(Status.FOUND, "/10?" + id + " is not open yet");
    }
    if (!session.over) {
      session.loads.add(load);
      return Races.text(Status.FOUND, "go on");
    }
    return verdict(session, load);
  }

  private static Maybe<Response> verdict(Session session, double load) {
    if (session.loads.size() < session.seconds / 2) {
      return Races.text(
          Status.BAD_REQUEST,
          session.loads.size() + " loads in " + session.seconds + " s are too few");
    }
    if (load > LOW) {
      return Races.text(Status.FOUND, "the load is still " + load);
    }
    return session.mean() < HIGH
        ? Races.text(Status.BAD_REQUEST, "the mean load was only " + session.mean())
        : Races.text(Status.OK, "right");
  }
}
