package dev.sluice.samples.servers.http;

import dev.sluice.samples.LocalAddress;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * One client. It reads a request, waits for the response, writes it, and reads the next request. It
 * never blocks, so a slow client does not delay the others. Used by the event loop's thread only.
 */
final class HttpConnection {
  /** The limit from the first byte of a request to its last, and for each write of a response. */
  private static final long TRANSFER_NANOS = 10_000_000_000L;

  private static final long IDLE_NANOS = 60_000_000_000L;
  private static final long LINGER_NANOS = 2_000_000_000L;

  private enum State {
    READING,
    WAITING,
    WRITING,
    LINGERING
  }

  private final HttpEventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final String client;
  private final String host;
  private final ByteBuffer in = ByteBuffer.allocate(RequestParser.MAX_HEAD_BYTES);
  private ByteBuffer[] out = {};
  private Disposable awaited = Disposable.disposed();
  private State state = State.READING;
  private boolean staysOpen = true;
  private boolean requestBegun;
  private long deadline;

  HttpConnection(HttpEventLoop loop, SocketChannel channel, SelectionKey key) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
    client = ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
    host = LocalAddress.hostAndPort(local.getAddress(), local.getPort());
    deadline = loop.now() + IDLE_NANOS;
  }

  /** Called when the socket is ready to be read or written. */
  void proceed() throws IOException {
    if (state == State.WRITING) {
      write();
      answerRequests();
    } else if (channel.read(state == State.LINGERING ? in.clear() : in) < 0) {
      close();
    } else if (state == State.READING) {
      answerRequests();
    } else if (!in.hasRemaining()) {
      // A client that pipelines this much is not watched any more: the selector would spin.
      key.interestOps(0);
    }
  }

  /** Waits for a response, and watches the client meanwhile: when it hangs up, disposes. */
  void await(Request request, Maybe<Response> response) {
    key.interestOps(SelectionKey.OP_READ);
    awaited =
        response.subscribe(
            ready -> loop.answerLater(this, request, ready), failure -> close(), this::close);
  }

  /** The address of the client. */
  String client() {
    return client;
  }

  /** The address and port that the client has connected to. */
  String host() {
    return host;
  }

  /** Writes the response to the request that is being handled. */
  void answer(Request request, DelayedResponse reply) throws IOException {
    staysOpen = request.mayStayOpen();
    out = loop.encode(request, reply.response());
    if (reply.cut()) {
      ByteBuffer body = out[out.length - 1];
      body.limit(body.position() + body.remaining() / 2);
      channel.write(out);
      reset();
    } else {
      write();
    }
  }

  /** Closes with RST instead of FIN, so that the client gets an error and not an end. */
  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    close();
  }

  /** Handles the requests that are in the buffer: clients may pipeline them. */
  void answerRequests() throws IOException {
    try {
      for (var request = next(); request.isPresent(); request = next()) {
        waitFor(State.WAITING, 0, Long.MAX_VALUE);
        loop.handle(this, request.get());
      }
    } catch (BadRequest e) {
      refuse(e.response());
    }
  }

  private Optional<Request> next() throws BadRequest {
    if (state != State.READING || !isOpen()) {
      return Optional.empty();
    }
    in.flip();
    try {
      return RequestParser.take(in);
    } finally {
      in.compact();
      noteProgress();
    }
  }

  /** A request's deadline starts with its first byte; later bytes do not extend it. */
  private void noteProgress() {
    boolean begun = in.position() > 0;
    if (begun != requestBegun) {
      requestBegun = begun;
      deadline = loop.now() + (begun ? TRANSFER_NANOS : IDLE_NANOS);
    }
  }

  private void refuse(Response response) throws IOException {
    staysOpen = false;
    out = loop.encode(response);
    write();
  }

  private void write() throws IOException {
    channel.write(out);
    if (out[out.length - 1].hasRemaining()) {
      waitFor(State.WRITING, SelectionKey.OP_WRITE, TRANSFER_NANOS);
    } else if (staysOpen) {
      requestBegun = false;
      waitFor(State.READING, SelectionKey.OP_READ, IDLE_NANOS);
    } else {
      linger();
    }
  }

  /**
   * Keeps reading for a while: closing with unread bytes would reset the connection, and the client
   * might lose the response (RFC 9112, section 9.6).
   */
  private void linger() throws IOException {
    channel.shutdownOutput();
    waitFor(State.LINGERING, SelectionKey.OP_READ, LINGER_NANOS);
  }

  private void waitFor(State next, int ready, long atMostNanos) {
    state = next;
    if (key.interestOps() != ready) {
      key.interestOps(ready);
    }
    deadline = atMostNanos == Long.MAX_VALUE ? Long.MAX_VALUE : loop.now() + atMostNanos;
  }

  /** Closes the connection after its deadline; with status 408 in the middle of a request. */
  void closeIfOverdue(long now) throws IOException {
    if (state == State.WAITING || now - deadline < 0) {
      return;
    }
    if (state == State.READING && requestBegun) {
      refuse(Response.text(Status.REQUEST_TIMEOUT, "the request was not complete within 10s"));
    } else {
      close();
    }
  }

  void close() {
    awaited.dispose();
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is gone either way.
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }
}
