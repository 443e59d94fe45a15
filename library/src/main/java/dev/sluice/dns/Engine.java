package dev.sluice.dns;

import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Queries on their way: whom to ask next, what came, what is late. All on the loop's thread. */
final class Engine implements EventLoop.Work {
  private static final int MAX_MESSAGE = 65_535;

  /** Three times what we tell the servers to send at most. */
  private static final int MAX_DATAGRAM = 3 * QueryWriter.UDP_PAYLOAD;

  private static final int ID_BITS = 16;
  private static final int CHORES = 256;

  private final DnsOptions options;
  private final long timeoutNanos;
  private final EventLoop loop;
  private final ServerSelection servers;
  private final ResponseClassifier judge;
  private final TcpConnections tcp;
  private final QueryWriter writer = new QueryWriter();
  private final RandomBits random = new RandomBits();
  private final @Nullable NativeSockets sockets = NativeSockets.find().orElse(null);
  private final DatagramBatch incoming = new DatagramBatch(MAX_DATAGRAM);
  private final byte[] message = new byte[MAX_MESSAGE + AnswerSection.SCRATCH];

  private final IntrusiveList waiting = new IntrusiveList();
  private final IntrusiveList flying = new IntrusiveList();
  private final IntrusiveList stumbled = new IntrusiveList();
  private final List<SendBuffer> leaving = new ArrayList<>();

  /** Whether the last one that wanted to leave found no room. */
  private boolean full;

  private boolean closed;

  Engine(DnsOptions options, LongSupplier nanoClock) {
    this.options = options;
    timeoutNanos = options.timeout().toNanos();
    loop = new EventLoop(this, nanoClock);
    servers = new ServerSelection(options.servers());
    judge = new ResponseClassifier(this, options);
    tcp = new TcpConnections(this);
  }

  EventLoop loop() {
    return loop;
  }

  int inFlight() {
    return flying.size();
  }

  QueryWriter writer() {
    return writer;
  }

  byte[] message() {
    return message;
  }

  @Override
  public void accept(Query query) {
    if (query.isDisposed()) {
      release(query);
    } else {
      // Not at once: it may come from amidst the answers to others, which are not read yet.
      waiting.add(query);
    }
  }

  /** Sends a query to the server whose turn it is. */
  void launch(Query query) {
    Server server = servers.next(query.asked);
    ask(query, server);
  }

  /** Sends a query to this server, now or when there is room. */
  void ask(Query query, Server server) {
    query.server = server;
    query.tries++;
    try {
      UdpPort port = closed ? null : server.port(this);
      if (port == null) {
        query.tries--;
        waiting.addFirst(query);
        full = true;
      } else {
        send(query, server, port);
      }
    } catch (IOException e) {
      stumble(query, e);
    }
  }

  private void send(Query query, Server server, UdpPort port) {
    long bits = random.next();
    query.edns = server.edns && query.plainTo != server;
    query.id = port.take((int) (bits & 0xFFFF), query);
    query.port = port;
    if (query.tries > 1 && query.tries == options.tries()) {
      // Better an answer with fewer bits to guess than none from a server that changes the case.
      Question.lowerCase(query.question);
    } else {
      Question.mixCase(query.question, bits >>> ID_BITS, random);
    }
    query.asked |= 1L << server.index;
    startClock(query);
    port.add(query);
  }

  /** The kernel has no room for it: it waits, as if it had never left. */
  void putBack(Query query) {
    release(query);
    query.tries--;
    if (query.server != null) {
      query.asked &= ~(1L << query.server.index);
    }
    waiting.addFirst(query);
    full = true;
  }

  void startClock(Query query) {
    query.due = loop.now() + timeoutNanos;
    flying.add(query);
  }

  /** The best way for datagrams through this channel. */
  Datagrams datagrams(DatagramChannel channel) throws IOException {
    return sockets == null ? new ChannelDatagrams(channel) : NativeDatagrams.of(channel, sockets);
  }

  /** There is something in it: it leaves before the loop looks at its channels again. */
  void leaveSoon(SendBuffer outbox) {
    leaving.add(outbox);
  }

  /** Reads datagrams, and says how many. */
  int receive(UdpPort port, Datagrams datagrams) throws IOException {
    int count = datagrams.receive(incoming);
    for (int i = 0; i < count; i++) {
      try {
        read(port, i);
      } catch (RuntimeException e) {
        // The bug of one subscriber is no reason to pass the others' answers over.
        RxJavaPlugins.onError(e);
      }
    }
    return count;
  }

  private void read(UdpPort port, int slot) {
    int length = incoming.length(slot);
    incoming.content(slot).get(message, 0, length);
    Query query =
        length < ResponseReader.HEADER ? null : port.flying(ResponseReader.u16(message, 0));
    if (query != null) {
      if (length == MAX_DATAGRAM) {
        // It is longer, then, and the rest is lost.
        ResponseReader.truncate(message);
      }
      judge.datagram(query, message, length);
    }
  }

  /** Takes a query from wherever it is: its id, its place in the row, its connection. */
  void release(Query query) {
    if (query.list != null) {
      query.list.remove(query);
    }
    if (query.port != null) {
      query.port.free(query.id);
      query.port = null;
    }
    if (query.tcp != null) {
      tcp.close(query);
    }
  }

  /**
   * A try failed on our side of the wire; what follows must wait until the present step is over.
   */
  void stumble(Query query, IOException e) {
    release(query);
    query.reason = Reason.UNREACHABLE;
    query.came = "nothing but '" + (e.getMessage() == null ? e : e.getMessage()) + "'";
    query.cause = e;
    if (query.server != null) {
      query.asked |= 1L << query.server.index;
    }
    stumbled.add(query);
  }

  void askByTcp(Query query) {
    tcp.start(query);
  }

  boolean hasUnasked(Query query) {
    return servers.hasUnasked(query.asked);
  }

  void judgeTcp(Query query, int length) {
    judge.segment(query, message, length);
  }

  @Override
  public long chores() {
    expire();
    for (int left = stumbled.size(); left > 0 && !stumbled.isEmpty(); left--) {
      judge.silent(take(stumbled));
    }
    tcp.connectWaiting();
    full = false;
    launchWaiting();
    return nanosToNext();
  }

  /** Sends those who wait, as far as there is room; what finds none goes back to them. */
  void launchWaiting() {
    for (int left = CHORES; left > 0 && !full && !waiting.isEmpty(); left--) {
      launch(take(waiting));
    }
    flush();
  }

  private void flush() {
    for (SendBuffer outbox : leaving) {
      outbox.flush();
    }
    leaving.clear();
  }

  private static Query take(IntrusiveList list) {
    Query query = list.poll();
    if (query == null) {
      throw new IllegalStateException("empty");
    }
    return query;
  }

  private void expire() {
    for (Query query = late(); query != null; query = late()) {
      release(query);
      query.reason = Reason.TIMEOUT;
      query.came = "no answer within " + options.timeout();
      query.cause = null;
      judge.silent(query);
    }
  }

  private @Nullable Query late() {
    Query first = flying.first();
    return first != null && first.due - loop.now() <= 0 ? first : null;
  }

  private long nanosToNext() {
    if (!stumbled.isEmpty() || (!waiting.isEmpty() && !full)) {
      return 0;
    }
    Query first = flying.first();
    return first == null ? EventLoop.NEVER : Math.max(1, first.due - loop.now());
  }

  @Override
  public void end() {
    closed = true;
    servers.close();
    while (!flying.isEmpty() || !stumbled.isEmpty() || !waiting.isEmpty() || !tcp.isEmpty()) {
      endAll(flying);
      endAll(stumbled);
      endAll(waiting);
      endAll(tcp.waiting());
    }
  }

  private void endAll(IntrusiveList list) {
    for (Query query = list.first(); query != null; query = list.first()) {
      release(query);
      try {
        refuse(query);
      } catch (RuntimeException e) {
        RxJavaPlugins.onError(e);
      }
    }
  }

  @Override
  public void refuse(Query query) {
    query.fail(new DnsException(Reason.UNREACHABLE, query.name + ": the resolver is closed", null));
  }
}
