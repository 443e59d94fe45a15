package dev.sluice.dns.engine;

import dev.sluice.dns.engine.Server.Place;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the server for each try. Servers that may be asked take turns; one that fails many times
 * in a row rests, and has a turn ever less often, which shows whether it has recovered. A choice
 * costs the same for three servers and for thousands.
 */
final class ServerSelection {
  /** A server that fails misses at least this many turns. */
  private static final int MISSED_TURNS = 64;

  /** The servers that a query asked are noted in so many bits, each for every 64th server. */
  private static final int ASKED_BITS = Long.SIZE;

  /** Servers that are looked at for one that a query did not ask yet. */
  private static final int MAX_LOOKS = 4 * ASKED_BITS;

  /** A server that waits for a turn or a time. It counts while the server still waits for that. */
  private record Wait(Server server, long until) implements Comparable<Wait> {
    @Override
    public int compareTo(Wait other) {
      // By difference: nanoseconds may overflow.
      return Long.signum(until - other.until);
    }
  }

  private final Server[] servers;
  private final Pace pace;
  private final IntrusiveList<Server> ready = new IntrusiveList<>();
  private final IntrusiveList<Server> full = new IntrusiveList<>();
  private final PriorityQueue<Wait> resting = new PriorityQueue<>();
  private final PriorityQueue<Wait> paced = new PriorityQueue<>();
  private long turn;

  /** Whether there is one server, and nothing to choose. */
  private final boolean isFixed;

  /**
   * A selection.
   *
   * @param addresses of the servers
   * @param firstIndex the index of the first one
   * @param pace the bounds of each
   * @param areReady whether they may be asked at once; otherwise each has to be made ready
   */
  ServerSelection(List<InetSocketAddress> addresses, int firstIndex, Pace pace, boolean areReady) {
    this.pace = pace;
    servers = new Server[addresses.size()];
    for (int i = 0; i < servers.length; i++) {
      servers[i] = new Server(addresses.get(i), firstIndex + i, pace.limit(), ready);
      if (areReady) {
        servers[i].makeReady();
      }
    }
    isFixed = servers.length == 1 && areReady && !pace.isBounded();
  }

  List<Server> all() {
    return List.of(servers);
  }

  /** Whether there is a server that this query may ask, and did not ask yet. */
  boolean hasUnasked(Query query) {
    return servers.length > ASKED_BITS || Long.bitCount(query.askedServers) < servers.length;
  }

  /** How many queries are in flight to all servers; for few servers. */
  int inFlight() {
    int inFlight = 0;
    for (Server server : servers) {
      inFlight += server.inFlight();
    }
    return inFlight;
  }

  /** The server for the next try; null if all of them have as many queries as they may. */
  @Nullable Server choose(Query query, long now) {
    return isFixed ? servers[0] : chooseAny(query, now);
  }

  /** The nanoseconds until a server may be asked again that may not now. */
  long nanosToNext(long now) {
    Wait first = paced.peek();
    return first == null ? EventLoop.NEVER : Math.max(1, first.until - now);
  }

  /**
   * The next server that is ready and was not asked yet. If there is none: one that rests and was
   * not asked yet, else the next one that is ready, else one that rests.
   */
  private @Nullable Server chooseAny(Query query, long now) {
    turn++;
    wake(now);
    if (query.askedServers == -1L) {
      query.askedServers = 0;
    }
    Server chosen = nextReady(query, now);
    if (chosen == null && !isWaitingForRoom()) {
      chosen = nextResting(query.askedServers);
    }
    if (chosen == null) {
      chosen = nextReady(null, now);
    }
    if (chosen == null && !isWaitingForRoom()) {
      chosen = nextResting(0);
    }
    return chosen == null ? null : pick(chosen, now);
  }

  /** Whether servers that do well are only busy: those that rest are no better choice. */
  boolean isWaitingForRoom() {
    return ready.isEmpty() && (!full.isEmpty() || !paced.isEmpty());
  }

  /** Takes the first server that is ready, and that a query did not ask yet, out of the list. */
  private @Nullable Server nextReady(@Nullable Query query, long now) {
    for (int looks = Math.min(ready.size(), MAX_LOOKS); looks > 0; looks--) {
      Server server = ready.poll();
      if (server == null) {
        return null;
      }
      if (server.isFailing() && !server.isTried) {
        rest(server, server.doublings());
      } else if (!pace.allows(server, now)) {
        wait(server, Place.PACED, server.nextAt, paced);
      } else if (query == null || ((query.askedServers >>> server.index) & 1) == 0) {
        return server;
      } else {
        ready.add(server);
      }
    }
    return null;
  }

  /** Takes the server that has rested longest, and that is not among those asked. */
  private @Nullable Server nextResting(long asked) {
    List<Wait> passed = new ArrayList<>();
    Server found = null;
    while (found == null && !resting.isEmpty() && passed.size() <= ASKED_BITS) {
      Wait wait = resting.remove();
      if (isOver(wait, Place.RESTING)) {
        continue;
      }
      if (((asked >>> wait.server.index) & 1) == 0) {
        found = wait.server;
      } else {
        passed.add(wait);
      }
    }
    resting.addAll(passed);
    return found;
  }

  /** Notes where a server goes that is about to be asked. */
  private Server pick(Server server, long now) {
    pace.take(server, now);
    server.isTried = false;
    if (server.isFailing()) {
      // Twice as long as before, unless the server answers.
      rest(server, server.doublings() + 1);
    } else if (server.isAlmostFull()) {
      server.place = Place.FULL;
      full.add(server);
    } else if (!pace.allows(server, now)) {
      wait(server, Place.PACED, server.nextAt, paced);
    } else {
      server.makeReady();
    }
    return server;
  }

  private void rest(Server server, int doublings) {
    long missed = (long) MISSED_TURNS << doublings;
    wait(server, Place.RESTING, turn + missed * Math.max(1, ready.size()), resting);
  }

  private static void wait(Server server, Place place, long until, PriorityQueue<Wait> among) {
    server.place = place;
    server.until = until;
    among.add(new Wait(server, until));
  }

  /** Makes the servers ready whose turn or time has come. */
  private void wake(long now) {
    for (Wait wait = resting.peek(); wait != null && wait.until <= turn; wait = resting.peek()) {
      resting.remove();
      if (!isOver(wait, Place.RESTING)) {
        wait.server.isTried = true;
        wait.server.place = Place.READY;
        ready.addFirst(wait.server);
      }
    }
    for (Wait wait = paced.peek(); wait != null && wait.until - now <= 0; wait = paced.peek()) {
      paced.remove();
      if (!isOver(wait, Place.PACED)) {
        wait.server.makeReady();
      }
    }
  }

  private static boolean isOver(Wait wait, Place place) {
    return wait.server.place != place || wait.server.until != wait.until;
  }
}
