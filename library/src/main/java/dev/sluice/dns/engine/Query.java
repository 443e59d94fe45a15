package dev.sluice.dns.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One name under way, from the first question to the result. The caller subclasses it to receive
 * the result, so that a query is a single object. Its fields belong to the engine's thread.
 */
public abstract class Query extends IntrusiveList.Node<Query> {
  /** What a query was sent through, and is expected to be answered through. */
  interface Carrier {
    /** Forgets the query: its id is free again, or its connection is closed. */
    void release(Query query);
  }

  /** The question section; the engine changes its letter case and its type. */
  final byte[] question;

  /** The index of the type asked for at the moment. */
  int typeIndex;

  @Nullable Carrier carrier;
  int id;

  /** The port of the last try by UDP: the next try uses another one. */
  @Nullable Carrier lastPort;

  /** Responses that repeat the question, but not the id or the letter case. */
  int nearMisses;

  /** When the present try times out, in the loop's nanoseconds. */
  long due;

  /** The servers asked so far, one bit each. */
  long askedServers;

  /** The server asked last. */
  @Nullable Server server;

  int tries;

  /** Whether the last question carried an OPT record. */
  boolean edns;

  /** Whether it is asked of the trusted servers. */
  boolean asksTrusted;

  /** Whether a server has denied the name after another has found it. */
  boolean flips;

  /** The server that refused this query's OPT record. */
  @Nullable Server refusedEdns;

  /** The server that this query is asked again for its new cookie. */
  @Nullable Server refusedCookie;

  /** The server from whose address a response with the question in lower case came. */
  @Nullable Server lowerCaseFrom;

  // Why the last try failed.
  QueryFailure.Kind failureKind = QueryFailure.Kind.TIMEOUT;
  String received = "";
  @Nullable Throwable cause;

  /**
   * A query.
   *
   * @param question the question section with the first type to ask for
   */
  protected Query(byte[] question) {
    this.question = question;
  }

  /** {@return whether the server is to ask other servers (the RD bit)} */
  protected boolean isRecursive() {
    return true;
  }

  /** {@return the only server to ask; null to leave the choice to the engine} */
  protected @Nullable InetSocketAddress onlyServer() {
    return null;
  }

  /** {@return whether the caller has lost interest; asked on the engine's thread} */
  protected abstract boolean isDisposed();

  /**
   * The name exists.
   *
   * @param addresses its addresses; none when it has no address record
   */
  protected abstract void onAddresses(List<InetAddress> addresses);

  /** The name does not exist. */
  protected abstract void onNoName();

  /**
   * All tries failed.
   *
   * @param failure why the last one did
   */
  protected abstract void onFailure(QueryFailure failure);

  /** The engine was closed before there was a result. */
  protected abstract void onClosed();

  /** The server that the engine itself wants asked, once; null for any other query. */
  @Nullable Server pinned() {
    return null;
  }

  final void noteFailure(QueryFailure.Kind kind, String received, @Nullable Throwable cause) {
    failureKind = kind;
    this.received = received;
    this.cause = cause;
  }

  final void markAsked(Server server) {
    // The shift counts modulo 64.
    askedServers |= 1L << server.index;
  }

  final void unmarkAsked(Server server) {
    askedServers &= ~(1L << server.index);
  }
}
