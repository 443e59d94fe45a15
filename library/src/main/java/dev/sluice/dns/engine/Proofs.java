package dev.sluice.dns.engine;

import dev.sluice.dns.engine.Server.Place;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets a server answer only after it has told the truth about two canaries: a name that does not
 * exist, and one that does. The trusted servers know both. After that a sample of its answers is
 * checked, and a server that lies is dropped.
 */
final class Proofs implements Canary.Judge {
  /** Canaries in flight: many wait for servers that are silent. */
  private static final int MAX_TESTS = 512;

  // Canaries allowed at first, and for each 100 names that were answered.
  private static final int FIRST_TESTS = 32;
  private static final int TESTS_PERCENT = 6;

  /** Lookups at the trusted servers at once, until there are canaries. */
  private static final int MAX_LEARNING = 16;

  /** One of so many answers is checked. */
  private static final int CHECK_EVERY = 32;

  // So many times in a row, other addresses than the trusted servers have are a lie: of canaries,
  // and of names that may have other addresses in other parts of the network.
  private static final int MAX_OTHERS_OF_CANARIES = 3;
  private static final int MAX_OTHERS = 8;

  /** After so many canaries in a row that show nothing, a server is tested later. */
  private static final int MAX_UNCLEAR = 3;

  /** After a failed test, a server is tested again after so many answers, then twice as many. */
  private static final long RETEST_AFTER = 1_000;

  private static final int MAX_DOUBLINGS = 10;

  /** An answer that waits for the trusted servers; its addresses are null for a denial. */
  private record Held(Server server, @Nullable List<InetAddress> addresses) {}

  /** A server that is to be tested again after so many answers. */
  private record Retest(Server server, long after) implements Comparable<Retest> {
    @Override
    public int compareTo(Retest other) {
      return Long.compare(after, other.after);
    }
  }

  private final ServerSelection pool;
  private final ServerSelection trusted;
  private final Canaries canaries;
  private final SplittableRandom random = new SplittableRandom();
  private final IntrusiveList<Server> candidates = new IntrusiveList<>();
  private final PriorityQueue<Retest> retests = new PriorityQueue<>();

  /** Questions that are due, whatever the share of tests. */
  private final Deque<Query> due = new ArrayDeque<>();

  private final IdentityHashMap<Query, Held> held = new IdentityHashMap<>();
  private long answered;
  private long tests;
  private int testing;

  /**
   * No proofs yet.
   *
   * @param firstType the type that is asked for first
   */
  Proofs(ServerSelection pool, ServerSelection trusted, int firstType) {
    canaries = new Canaries(firstType);
    this.pool = pool;
    this.trusted = trusted;
    pool.all().forEach(candidates::add);
  }

  /** The next question to be asked for proofs; null if there is none now. */
  @Nullable Query nextTest() {
    Query first = due.poll();
    if (first != null || !canaries.areReady() || testing >= MAX_TESTS) {
      return first;
    }
    if (tests >= FIRST_TESTS + answered * TESTS_PERCENT / 100) {
      return null;
    }
    Server server = candidates.poll();
    Retest retest = retests.peek();
    if (server == null && retest != null && retest.after <= answered) {
      server = retests.remove().server;
    }
    if (server == null) {
      return null;
    }
    testing++;
    tests++;
    return canaries.missing(server, this);
  }

  /** The server for the next try; null to wait. */
  @Nullable Server choose(Query query, long now) {
    Server pinned = query.pinned();
    if (pinned != null) {
      return pinned;
    }
    if (!query.asksTrusted && !(query instanceof RecordQuery)) {
      if (!canaries.areReady()) {
        return trusted.inFlight() < MAX_LEARNING ? fromTrusted(query, now) : null;
      }
      Server proven = pool.choose(query, now);
      if (proven != null || testing > 0 || pool.isWaitingForRoom()) {
        return proven;
      }
    }
    return fromTrusted(query, now);
  }

  private @Nullable Server fromTrusted(Query query, long now) {
    if (!query.asksTrusted) {
      query.asksTrusted = true;
      query.askedServers = 0;
    }
    return trusted.choose(query, now);
  }

  boolean hasUnasked(Query query) {
    return query.pinned() == null && (query.asksTrusted ? trusted : pool).hasUnasked(query);
  }

  /** Whether the trusted servers are asked after the failures of a query. */
  boolean takesOver(Query query) {
    boolean takes = !query.asksTrusted && query.pinned() == null && !(query instanceof RecordQuery);
    query.asksTrusted |= takes;
    return takes;
  }

  /**
   * Whether an answer may be handed on; if not, the trusted servers are to be asked.
   *
   * @param addresses null if the server says that the name does not exist
   */
  boolean accepts(Query query, @Nullable List<InetAddress> addresses) {
    Server server = query.server;
    if (server == null || query.pinned() != null) {
      return true;
    }
    if (query.asksTrusted) {
      confirm(query, addresses);
      learn(query, addresses);
      answered++;
      return true;
    }
    boolean needsProof = addresses != null && !addresses.isEmpty() && !server.provesAddresses;
    boolean checked = server.isDropped || needsProof || query.flips || isSampled();
    if (checked) {
      held.put(query, new Held(server, addresses));
      query.asksTrusted = true;
    } else {
      answered++;
    }
    return !checked;
  }

  /**
   * Hands on the answer that could not be checked, because no trusted server answers; false if it
   * needed the check.
   */
  boolean handsOnUnchecked(Query query) {
    Held unchecked = held.remove(query);
    if (unchecked == null || unchecked.server.isDropped || query.flips) {
      return false;
    }
    if (unchecked.addresses == null) {
      query.onNoName();
    } else if (unchecked.addresses.isEmpty() || unchecked.server.provesAddresses) {
      query.onAddresses(unchecked.addresses);
    } else {
      return false;
    }
    answered++;
    return true;
  }

  /** Drops all answers that wait. */
  void forgetAll() {
    held.clear();
  }

  /** Drops the answer that waits for this query's, such as when its caller has disposed of it. */
  void forget(Query query) {
    if (query.asksTrusted) {
      held.remove(query);
    }
  }

  private boolean isSampled() {
    return random.nextInt(CHECK_EVERY) == 0;
  }

  /** Compares an answer with what a server has said before. */
  private void confirm(Query query, @Nullable List<InetAddress> addresses) {
    Held before = held.remove(query);
    if (before != null && !before.server.isDropped) {
      Set<InetAddress> truth = addresses == null ? null : Set.copyOf(addresses);
      note(before.server, Canary.match(before.addresses, truth), truth, MAX_OTHERS);
    }
  }

  /** Remembers names that exist, and asks about their parents. */
  private void learn(Query query, @Nullable List<InetAddress> addresses) {
    if (addresses != null) {
      canaries.addExisting(query.question, addresses);
    }
    byte[] parent = canaries.newParent(query.question);
    if (parent != null) {
      due.add(
          new TrustedQuestion(canaries.sibling(parent), () -> canaries.addDenyingParent(parent)));
      due.add(new TrustedQuestion(parent.clone(), () -> {}));
    }
  }

  @Override
  public void judge(Canary canary, Canary.Match match) {
    testing--;
    Server server = canary.target;
    Canaries.Known known = canary.known;
    if (known == null) {
      if (match == Canary.Match.SAME) {
        testExisting(server, null);
      } else {
        drop(server);
      }
      return;
    }
    // Other addresses count against a server if another one has confirmed those that are known.
    if (match != Canary.Match.OTHER || known.isConfirmed()) {
      note(server, match, known.addresses(), MAX_OTHERS_OF_CANARIES);
    }
    canaries.note(known, match == Canary.Match.SAME);
    if (server.isDropped) {
      return;
    }
    if (match == Canary.Match.SAME) {
      server.isProven = true;
      server.makeReady();
    } else if (server.unclear++ % MAX_UNCLEAR < MAX_UNCLEAR - 1) {
      testExisting(server, known);
    } else {
      retestLater(server);
    }
  }

  private void testExisting(Server server, Canaries.@Nullable Known except) {
    Canary canary = canaries.existing(server, except, this);
    if (canary == null) {
      retestLater(server);
    } else {
      testing++;
      tests++;
      due.add(canary);
    }
  }

  @Override
  public void untested(Canary canary) {
    testing--;
    retestLater(canary.target);
  }

  private void retestLater(Server server) {
    long after = RETEST_AFTER << Math.min(server.failedTests, MAX_DOUBLINGS);
    server.failedTests++;
    retests.add(new Retest(server, answered + after));
  }

  private static void note(
      Server server, Canary.Match match, @Nullable Set<InetAddress> truth, int maxOthers) {
    switch (match) {
      case SAME -> {
        if (truth != null && !truth.isEmpty()) {
          server.provesAddresses = true;
          server.others = 0;
        }
      }
      case SIMILAR -> {}
      case OTHER -> {
        server.others++;
        if (server.others >= maxOthers) {
          drop(server);
        }
      }
      case FLIP -> drop(server);
    }
  }

  private static void drop(Server server) {
    server.count(ServerEvent.LIED);
    server.isDropped = true;
    server.isProven = false;
    server.place = Place.NOWHERE;
    IntrusiveList.unlink(server);
  }
}
