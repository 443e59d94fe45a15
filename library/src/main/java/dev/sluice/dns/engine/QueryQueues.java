package dev.sluice.dns.engine;

import dev.sluice.dns.engine.QueryFailure.Kind;
import java.net.PortUnreachableException;

/** The queries that the engine holds, each in the list of what it waits for. */
final class QueryQueues {
  /** Queries to be sent, in the order of their arrival. */
  final IntrusiveList<Query> waiting = new IntrusiveList<>();

  /** Queries whose answer is to be asked for by TCP, until a connection is free. */
  final IntrusiveList<Query> waitingForTcp = new IntrusiveList<>();

  /** Queries that were sent, in the order of their timeouts. */
  final IntrusiveList<Query> inFlight = new IntrusiveList<>();

  /** Queries whose last try failed on this side of the network; the next tick retries them. */
  final IntrusiveList<Query> failed = new IntrusiveList<>();

  /** Queries whose server refused the last try; they are asked again when they are due. */
  final IntrusiveList<Query> delayed = new IntrusiveList<>();

  /** Whether a query found no room in the sockets since the last tick. */
  boolean full;

  void addInFlight(Query query, long due) {
    query.due = due;
    inFlight.add(query);
  }

  void addDelayed(Query query, long due) {
    query.due = due;
    delayed.add(query);
  }

  /** Takes a query out of its list and frees its id or its connection. */
  void release(Query query) {
    IntrusiveList.unlink(query);
    Query.Carrier carrier = query.carrier;
    if (carrier != null) {
      query.carrier = null;
      carrier.release(query);
    }
  }

  /** Why something failed, for a message. */
  static String reason(Throwable e) {
    if (e instanceof PortUnreachableException) {
      return "connection refused";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Ends a try that failed on this side of the network. */
  void fail(Query query, Exception e) {
    release(query);
    String reason = reason(e);
    query.noteFailure(Kind.UNREACHABLE, "nothing but '" + reason + "'", e);
    if (query.server != null) {
      query.markAsked(query.server);
    }
    failed.add(query);
  }

  /** The kernel did not take the query: it waits again, as if this try had not begun. */
  void putBack(Query query) {
    release(query);
    query.tries--;
    if (query.server != null) {
      query.unmarkAsked(query.server);
    }
    waitFirst(query);
  }

  /** There is no room for the query in the sockets: it is the next one to be sent. */
  void waitFirst(Query query) {
    waiting.addFirst(query);
    full = true;
  }
}
