package dev.sluice.dns.engine;

import dev.sluice.DurationText;
import dev.sluice.dns.engine.QueryFailure.Kind;
import dev.sluice.dns.engine.ResponseClassifier.Verdict;
import dev.sluice.dns.linux.DatagramBatch;
import dev.sluice.dns.linux.NativeSockets;
import dev.sluice.dns.wire.QueryWriter;
import dev.sluice.dns.wire.Question;
import dev.sluice.dns.wire.RandomBits;
import dev.sluice.dns.wire.ResponseReader;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends queries, reads responses, retries and times out. Everything but the public methods runs on
 * the thread of the event loop.
 *
 * <p>The classes below know nothing of the engine: they return what happened, or leave a query in
 * one of the queues, and the engine decides what comes next.
 */
public final class Engine implements EventLoop.Handler<Query> {
  private static final int MAX_MESSAGE_BYTES = 65_535;

  /** Longer than what servers are told to send, for those that do not listen. */
  private static final int MAX_DATAGRAM_BYTES = 3 * QueryWriter.UDP_PAYLOAD;

  /** Datagrams read from a port per wake-up, so that one busy port cannot starve the others. */
  private static final int MAX_RECEIVED_AT_ONCE = DatagramBatch.SLOTS;

  /** Queries sent per tick, so that answers are read in between. */
  private static final int MAX_SENT_AT_ONCE = 256;

  private static final int MAX_TCP_CONNECTIONS = 64;

  /**
   * Before so many queries of a port, the 60 ms that native calls take to load are not worth it.
   */
  private static final int QUERIES_BEFORE_NATIVE_CALLS = 256;

  /**
   * After so many responses that repeat the question without its id or letter case, the query goes
   * by TCP. Answers that come after their try are fewer with the usual 3 tries.
   */
  private static final int MAX_NEAR_MISSES = 4;

  /** Datagrams per wake-up whose question is looked for, so that a flood costs little. */
  private static final int MAX_STRAY_CHECKS = 16;

  private static final int ID_BITS = 16;

  private static final int MAX_UNTRUSTED_TRIES = 2;

  /** With more servers, finding the descriptor of each socket costs more than batches save. */
  private static final int MANY_SERVERS = 64;

  // Answers that a port waits for at most: so many tables have to fit into memory.
  private static final int FEW = 128;
  private static final int MANY = 1 << 14;

  private final EngineOptions options;
  private final long timeoutNanos;

  /** The wait before a server that refused a try is asked again: it may be restarting. */
  private final long refusalDelayNanos;

  private final String timeoutText;
  private final EventLoop<Query> loop;
  private final Routes servers;
  private final PortsOfServers ports;
  private final ResponseClassifier classifier;
  private final RandomBits random = new RandomBits();
  private final QueryWriter tcpWriter = new QueryWriter();

  /** Null until there was so much to send that they are of use, and where there are none. */
  private @Nullable NativeSockets sockets;

  private final DatagramBatch incoming = new DatagramBatch(MAX_DATAGRAM_BYTES);
  private int strayChecks;
  private final byte[] message = new byte[MAX_MESSAGE_BYTES + ResponseReader.SCRATCH_BYTES];

  /** Whether each of the servers is asked too seldom for batches. */
  private final boolean isOfMany;

  private final SendBuffers buffers = new SendBuffers();
  private final QueryQueues queues = new QueryQueues();
  private final List<UdpPort> portsToFlush = new ArrayList<>();
  private final Set<TcpConnection> tcpConnections = new HashSet<>();

  /**
   * {@return a daemon that inherits neither thread locals nor the context class loader of its
   * creator}
   *
   * @param task what it runs
   */
  public static Thread daemon(Runnable task) {
    return EventLoop.daemon(task);
  }

  /**
   * An engine; its thread starts with a query, and ends when there is none for a while.
   *
   * @param options how it asks
   * @param nanoClock the clock for timeouts
   * @param threads makes the thread, each time when it starts
   */
  public Engine(EngineOptions options, LongSupplier nanoClock, ThreadFactory threads) {
    this.options = options;
    timeoutNanos = options.timeout().toNanos();
    refusalDelayNanos = timeoutNanos / options.tries();
    timeoutText = "no answer within " + DurationText.of(options.timeout());
    loop = new EventLoop<>(this, nanoClock, threads);
    servers = new Routes(options);
    isOfMany = options.servers().size() > MANY_SERVERS;
    ports = new PortsOfServers(this::openPort, options.maxSockets());
    classifier = new ResponseClassifier(options.types());
  }

  /**
   * Starts a query, or frees what a disposed one holds; on any thread.
   *
   * @param query the query
   */
  public void submit(Query query) {
    loop.submit(query);
  }

  /** Returns at once. The loop ends soon, and all queries get {@link Query#onClosed}. */
  public void close() {
    loop.close();
  }

  /** {@return how often each event happened, for each server of the options; on any thread} */
  public List<ServerCounts> counts() {
    return servers.counts();
  }

  /** {@return how many queries are in flight; approximate on other threads than the loop's} */
  public int inFlight() {
    return queues.inFlight.size();
  }

  /** {@return whether the present thread is the loop's} */
  public boolean isLoop() {
    return loop.isCurrent();
  }

  /** Makes the loop look at its clock, for a clock that a test moves. */
  public void wakeUp() {
    loop.wakeUp();
  }

  @Override
  public void accept(Query query) {
    if (query.isDisposed()) {
      queues.release(query);
      if (servers.proofs != null) {
        servers.proofs.forget(query);
      }
    } else {
      // Sent later: this call may come from a subscriber, amidst a batch of answers.
      queues.waiting.add(query);
    }
  }

  @Override
  public long tick() {
    failLate();
    retryFailed();
    askDelayed();
    connectWaiting();
    queues.full = false;
    askForProofs();
    sendWaiting();
    return nanosToNextTick();
  }

  // Sending

  private void sendWaiting() {
    for (int left = MAX_SENT_AT_ONCE; left > 0 && !queues.full; left--) {
      Query query = queues.waiting.poll();
      if (query == null) {
        break;
      }
      ask(query);
    }
    for (UdpPort port : portsToFlush) {
      port.flush(queues);
    }
    portsToFlush.clear();
  }

  private void ask(Query query) {
    Server server = servers.choose(query, loop.now());
    if (server == null) {
      queues.waitFirst(query);
    } else {
      ask(query, server);
    }
  }

  private void ask(Query query, Server server) {
    query.server = server;
    query.tries++;
    try {
      UdpPort port = ports.of(server).next(loop.now());
      if (port != null && port == query.lastPort) {
        port = ports.of(server).otherThan(port);
      }
      if (port == null) {
        query.tries--;
        queues.waitFirst(query);
      } else {
        send(query, server, port);
      }
    } catch (IOException | RuntimeException e) {
      // RuntimeException: the JDK throws several, for instance if it has no IPv6.
      queues.fail(query, e);
    }
  }

  private void send(Query query, Server server, UdpPort port) {
    long bits = random.next();
    query.edns = server.edns && query.refusedEdns != server;
    port.assignId(query, (int) (bits & 0xFFFF));
    query.lastPort = port;
    if (server.lowersCase) {
      Question.lowerCase(query.question);
    } else {
      Question.mixCase(query.question, bits >>> ID_BITS, random);
    }
    query.markAsked(server);
    server.count(ServerEvent.ASKED);
    queues.addInFlight(query, loop.now() + timeoutNanos);
    if (!port.hasUnsent()) {
      portsToFlush.add(port);
    }
    port.send(query, queues);
  }

  private UdpPort openPort(Server server) throws IOException {
    UdpPort port =
        UdpPort.open(
            server, isOfMany ? null : sockets, buffers, isOfMany ? FEW : MANY, loop, this::receive);
    if (options.cookies()) {
      try {
        server.needCookie(port.localAddress(), random);
      } catch (IOException e) {
        port.close();
        throw e;
      }
    }
    return port;
  }

  // Receiving

  private void receive(UdpPort port) {
    port.unblock();
    try {
      accelerate(port);
      int most = port.maxPerCall();
      int count = most;
      strayChecks = MAX_STRAY_CHECKS;
      for (int left = MAX_RECEIVED_AT_ONCE; left > 0 && count == most; left -= count) {
        count = port.isOpen() ? port.receive(incoming) : 0;
        if (count > 0) {
          port.noteReceived(loop.now());
        }
        for (int slot = 0; slot < count; slot++) {
          readDatagram(port, slot);
        }
      }
    } catch (IOException e) {
      port.failAll(e, queues);
    }
    // At once, and not after all other ports: the servers would be idle for so long.
    sendWaiting();
  }

  private void accelerate(UdpPort port) throws IOException {
    if (sockets == null && !isOfMany && port.queries() >= QUERIES_BEFORE_NATIVE_CALLS) {
      NativeSockets.prepare();
      sockets = NativeSockets.isReady() ? NativeSockets.find().orElse(null) : null;
    }
    if (sockets != null && !isOfMany) {
      port.accelerate(sockets);
    }
  }

  private void readDatagram(UdpPort port, int slot) {
    int length = incoming.length(slot);
    incoming.content(slot).get(message, 0, length);
    Query query = ResponseReader.hasHeader(length) ? port.find(ResponseReader.id(message)) : null;
    if (query == null) {
      noteStray(port, length);
      return;
    }
    if (length == MAX_DATAGRAM_BYTES) {
      // The datagram was at least this long, and the kernel may have cut it.
      ResponseReader.markTruncated(message);
    }
    Verdict verdict = classifier.datagram(query, message, length);
    if (verdict == Verdict.IGNORE) {
      if (ResponseReader.isResponse(message, length)) {
        noteNearMiss(query);
      }
    } else {
      try {
        apply(verdict, query);
      } catch (Throwable e) {
        // A subscriber threw, perhaps an Error. The answers to other queries must still be read.
        RxJavaPlugins.onError(e);
      }
    }
  }

  /** Attributes a datagram with an unknown id to the query whose question it repeats, if any. */
  private void noteStray(UdpPort port, int length) {
    if (ResponseReader.isResponse(message, length)) {
      port.noteLate();
    }
    if (strayChecks > 0) {
      strayChecks--;
      Query target = port.findByQuestion(message, length);
      if (target != null) {
        noteNearMiss(target);
      }
    }
  }

  /** Guessed ids do not help against TCP (RFC 5452, section 9.2). */
  private void noteNearMiss(Query query) {
    query.nearMisses++;
    if (query.nearMisses >= MAX_NEAR_MISSES) {
      queues.release(query);
      askByTcp(query);
    }
  }

  private void apply(Verdict verdict, Query query) {
    queues.release(query);
    switch (verdict) {
      case IGNORE -> throw new IllegalStateException("nothing to do");
      case ADDRESSES -> found(query, classifier.addresses());
      case NO_ADDRESS -> found(query, List.of());
      case NO_NAME -> denied(query);
      case RECORDS -> ((RecordQuery) query).onRecords();
      case ASK_NEXT_TYPE -> askNextType(query);
      case ASK_BY_TCP -> askByTcp(query);
      case ASK_WITHOUT_EDNS, ASK_WITH_NEW_COOKIE -> askAgain(query);
      case RETRY -> retry(query, true);
      case RETRY_ELSEWHERE -> retry(query, servers.hasUnasked(query));
    }
  }

  private void found(Query query, List<InetAddress> addresses) {
    if (isAccepted(query, addresses)) {
      query.onAddresses(addresses);
    }
  }

  private void denied(Query query) {
    if (isAccepted(query, null)) {
      query.onNoName();
    }
  }

  /** Whether an answer can be handed on; if not, the trusted servers are asked. */
  private boolean isAccepted(Query query, @Nullable List<InetAddress> addresses) {
    boolean accepted = servers.proofs == null || servers.proofs.accepts(query, addresses);
    if (!accepted) {
      askTrusted(query);
    }
    return accepted;
  }

  private void askTrusted(Query query) {
    query.typeIndex = 0;
    askNextType(query);
  }

  private void askForProofs() {
    if (servers.proofs != null) {
      for (Query query = servers.proofs.nextTest();
          query != null;
          query = servers.proofs.nextTest()) {
        ask(query);
      }
    }
  }

  private void askNextType(Query query) {
    Question.setType(query.question, classifier.typeCode(query));
    query.tries = 0;
    query.askedServers = 0;
    ask(query);
  }

  private void askAgain(Query query) {
    // The same try: nothing is wrong with the server.
    query.tries--;
    ask(query, servers.again(query));
  }

  private void retry(Query query, boolean useful) {
    Proofs proofs = servers.proofs;
    if (query.server != null) {
      query.server.noteFailure();
      if (proofs != null && query.failureKind == Kind.REFUSED && query.server.isProven) {
        query.server.slowDown(loop.now());
      }
    }
    if (useful && query.tries < maxTries(query)) {
      if (query.lowerCaseFrom == null) {
        ask(query);
      } else {
        askForLowerCase(query, query.lowerCaseFrom);
      }
    } else if (proofs != null && proofs.takesOver(query)) {
      askTrusted(query);
    } else if (proofs == null || !proofs.handsOnUnchecked(query)) {
      query.onFailure(
          new QueryFailure(
              query.failureKind,
              classifier.typeName(query),
              query.received,
              query.server == null ? null : query.server.address,
              query.tries,
              query.cause));
    }
  }

  /** A canary has one try, and a query two before the trusted servers are asked. */
  private int maxTries(Query query) {
    if (servers.proofs == null || query.asksTrusted || query.onlyServer() != null) {
      return options.tries();
    }
    return query.pinned() == null ? Math.min(options.tries(), MAX_UNTRUSTED_TRIES) : 1;
  }

  /** A try by TCP, where an answer in lower case cannot be forged from afar. */
  private void askForLowerCase(Query query, Server server) {
    query.server = server;
    query.lowerCaseFrom = null;
    query.tries++;
    askByTcp(query);
  }

  // TCP

  private void askByTcp(Query query) {
    if (tcpConnections.size() < MAX_TCP_CONNECTIONS) {
      connect(query);
    } else {
      queues.waitingForTcp.add(query);
    }
  }

  private void connect(Query query) {
    Server server = servers.again(query);
    server.count(ServerEvent.ASKED);
    queues.addInFlight(query, loop.now() + timeoutNanos);
    try {
      query.carrier =
          TcpConnection.open(
              query,
              server.address,
              tcpWriter.segment(
                  query.id, query.question, query.edns, query.isRecursive(), server.cookie),
              loop,
              tcpConnections,
              this::advance);
    } catch (IOException | RuntimeException e) {
      queues.fail(query, e);
    }
  }

  private void advance(TcpConnection connection) {
    Query query = connection.query();
    try {
      if (!connection.advance()) {
        return;
      }
    } catch (IOException e) {
      queues.fail(query, e);
      return;
    }
    int length = connection.copyAnswer(message);
    apply(classifier.segment(query, message, length), query);
  }

  private void connectWaiting() {
    while (tcpConnections.size() < MAX_TCP_CONNECTIONS) {
      Query query = queues.waitingForTcp.poll();
      if (query == null) {
        return;
      }
      connect(query);
    }
  }

  // Time

  private void failLate() {
    for (Query query = firstLate(); query != null; query = firstLate()) {
      if (query.server != null) {
        query.server.count(ServerEvent.TIMED_OUT);
      }
      if (query.carrier instanceof UdpPort port) {
        port.noteTimeout(query.due - timeoutNanos);
      }
      queues.release(query);
      query.noteFailure(Kind.TIMEOUT, timeoutText, null);
      Query late = query;
      guarded(() -> retry(late, true));
    }
  }

  private @Nullable Query firstLate() {
    Query first = queues.inFlight.first();
    return first != null && first.due - loop.now() <= 0 ? first : null;
  }

  /**
   * Retries those that are in the queue now: a retry that fails at once waits for the next tick. If
   * the port was closed and no other server is left to ask, the retry is delayed, so that the tries
   * do not end within a millisecond while the server restarts.
   */
  private void retryFailed() {
    for (int left = queues.failed.size(); left > 0; left--) {
      Query query = queues.failed.poll();
      if (query == null) {
        return;
      }
      boolean refused = isRefusal(query.cause);
      if (query.server != null) {
        query.server.count(ServerEvent.FAILED);
      }
      if (refused && query.server != null) {
        query.server.noteRefusal();
      }
      if (refused && query.tries < maxTries(query) && !servers.hasUnasked(query)) {
        queues.addDelayed(query, loop.now() + refusalDelayNanos);
      } else {
        guarded(() -> retry(query, true));
      }
    }
  }

  private static boolean isRefusal(@Nullable Throwable cause) {
    return cause instanceof PortUnreachableException || cause instanceof ConnectException;
  }

  private void askDelayed() {
    for (Query query = queues.delayed.first();
        query != null && query.due - loop.now() <= 0;
        query = queues.delayed.first()) {
      queues.release(query);
      ask(query);
    }
  }

  /** A subscriber that throws, even an Error, must not harm other queries. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      RxJavaPlugins.onError(e);
    }
  }

  private long nanosToNextTick() {
    if (!queues.failed.isEmpty() || (!queues.waiting.isEmpty() && !queues.full)) {
      return 0;
    }
    long room = queues.full ? servers.nanosToNext(loop.now()) : EventLoop.NEVER;
    long due = Math.min(nanosTo(queues.inFlight.first()), nanosTo(queues.delayed.first()));
    return Math.min(room, due);
  }

  private long nanosTo(@Nullable Query first) {
    return first == null ? EventLoop.NEVER : Math.max(1, first.due - loop.now());
  }

  // The end

  @Override
  public void end(@Nullable Throwable failure) {
    ports.close();
    portsToFlush.clear();
    if (servers.proofs != null) {
      servers.proofs.forgetAll();
    }
    endAll(queues.inFlight, failure);
    endAll(queues.failed, failure);
    endAll(queues.delayed, failure);
    endAll(queues.waiting, failure);
    endAll(queues.waitingForTcp, failure);
  }

  private void endAll(IntrusiveList<Query> list, @Nullable Throwable failure) {
    for (Query query = list.first(); query != null; query = list.first()) {
      queues.release(query);
      Query ended = query;
      guarded(() -> refuse(ended, failure));
    }
  }

  @Override
  public void refuse(Query query, @Nullable Throwable failure) {
    if (failure == null) {
      query.onClosed();
    } else {
      query.onFailure(
          new QueryFailure(
              Kind.UNREACHABLE,
              classifier.typeName(query),
              "not asked: " + QueryQueues.reason(failure),
              null,
              query.tries,
              failure));
    }
  }
}
