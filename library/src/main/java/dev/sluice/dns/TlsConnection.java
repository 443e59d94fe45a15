package dev.sluice.dns;

import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.ResponseReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries several queries at once (RFC 7766, section 6.2.1.1). Responses come in
 * any order: each belongs to the query with its id. Of the threads that wait for responses, one
 * reads for all. Thread-safe.
 */
final class TlsConnection {
  private static final int IDS = 0x1_0000;

  private final Socket socket;
  private final String host;
  private final int port;
  private final SSLSocketFactory sockets;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Held while connecting and while writing. */
  private final Object writing = new Object();

  private volatile @Nullable SSLSocket tls;

  // Guarded by this.
  private final Map<Integer, TlsQuery> inFlight = new HashMap<>();
  private boolean isRead;
  private int queries;
  private int responses;
  private @Nullable IOException failure;

  /** Whether a query had to be ended, and no response came meanwhile: the route may be gone. */
  private boolean isSilent;

  private long restsSince = System.nanoTime();

  TlsConnection(Socket socket, String host, int port, SSLSocketFactory sockets) {
    this.socket = socket;
    this.host = host;
    this.port = port;
    this.sockets = sockets;
  }

  /** Takes a query, if fewer than so many are in flight. Then {@link #exchange} has to follow. */
  synchronized boolean add(TlsQuery query, int most) {
    if (failure != null || isSilent || inFlight.size() >= most) {
      return false;
    }
    query.before = responses;
    queries++;
    do {
      query.id = ThreadLocalRandom.current().nextInt(IDS);
    } while (inFlight.putIfAbsent(query.id, query) != null);
    return true;
  }

  /** The response to a query that was added, with the id of the query. */
  byte[] exchange(TlsQuery query) throws IOException {
    try {
      write(query);
      while (isToRead(query)) {
        readOne();
      }
      return response(query);
    } catch (IOException e) {
      fail(e);
      throw e;
    } finally {
      remove(query);
    }
  }

  private void write(TlsQuery query) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(Short.BYTES + query.bytes.length);
    message.putShort((short) query.bytes.length).put(query.bytes);
    message.putShort(Short.BYTES, (short) query.id);
    synchronized (writing) {
      checkFailure();
      connected().getOutputStream().write(message.array());
    }
  }

  private synchronized void checkFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private SSLSocket connected() throws IOException {
    SSLSocket connected = tls;
    if (connected == null) {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port));
      connected = (SSLSocket) sockets.createSocket(socket, host, port, true);
      SSLParameters parameters = connected.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      connected.setSSLParameters(parameters);
      connected.startHandshake();
      tls = connected;
    }
    return connected;
  }

  /** Waits until there is something to do: false at the end of the query, true to read. */
  private synchronized boolean isToRead(TlsQuery query) throws IOException {
    try {
      while (!isOver(query) && isRead) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cancelled");
    }
    if (isOver(query)) {
      return false;
    }
    isRead = true;
    return true;
  }

  private boolean isOver(TlsQuery query) {
    return query.response != null || query.isCancelled || failure != null;
  }

  private void readOne() throws IOException {
    byte[] message = {};
    try {
      message = read();
    } finally {
      note(message);
    }
  }

  private byte[] read() throws IOException {
    SSLSocket connected = tls;
    if (connected == null) {
      throw new IllegalStateException("not connected");
    }
    DataInputStream in = new DataInputStream(connected.getInputStream());
    int first = in.read();
    if (first < 0) {
      throw new EOFException("the server closed the connection");
    }
    byte[] message = readMessage(first, in);
    if (!ResponseReader.hasHeader(message.length)) {
      throw new DnsException(Reason.MALFORMED, "a message without a header", null);
    }
    return message;
  }

  private static byte[] readMessage(int firstOctetOfLength, DataInputStream in) throws IOException {
    try {
      byte[] message = new byte[firstOctetOfLength << Byte.SIZE | in.readUnsignedByte()];
      in.readFully(message);
      return message;
    } catch (EOFException e) {
      // The exception of the stream has no message.
      EOFException cut = new EOFException("the server closed the connection within a message");
      cut.initCause(e);
      throw cut;
    }
  }

  /** Hands a message over to its query; one without a query is that of a cancelled one. */
  private synchronized void note(byte[] message) {
    isRead = false;
    TlsQuery query = message.length == 0 ? null : inFlight.get(ResponseReader.id(message));
    if (query != null) {
      responses++;
      message[0] = query.bytes[0];
      message[1] = query.bytes[1];
      query.response = message;
    }
    notifyAll();
  }

  private synchronized byte[] response(TlsQuery query) throws IOException {
    byte[] response = query.response;
    if (response != null) {
      return response;
    }
    throw failure == null ? new InterruptedIOException("cancelled") : failure;
  }

  private synchronized void fail(IOException e) {
    if (failure == null && !(e instanceof InterruptedIOException)) {
      failure = e;
      notifyAll();
    }
  }

  private synchronized void remove(TlsQuery query) {
    inFlight.remove(query.id, query);
    restsSince = System.nanoTime();
  }

  /** Ends a query whose response is not wanted any more. */
  synchronized void cancel(TlsQuery query) {
    query.isCancelled = true;
    isSilent |= query.response == null && query.before == responses;
    inFlight.remove(query.id, query);
    if (inFlight.isEmpty()) {
      // The thread that reads may still do so.
      fail(new IOException("cancelled"));
    }
    notifyAll();
  }

  /** Whether the connection is of no more use. */
  synchronized boolean isOver() {
    return failure != null || (isSilent && inFlight.isEmpty());
  }

  /** Whether a response came: then the server may have closed the connection for its age. */
  synchronized boolean hasServed() {
    return responses > 0;
  }

  /** Whether the server may have closed the connection because it takes one query on each. */
  synchronized boolean hasServedOneOfMany() {
    return tls != null && queries > 1 && responses <= 1;
  }

  /** How long no query was in flight. */
  synchronized long idleNanos() {
    return inFlight.isEmpty() ? System.nanoTime() - restsSince : 0;
  }

  /** Closes the socket below TLS: a close of TLS waits for a write that is under way. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        socket.close();
      } catch (IOException e) {
        return; // The socket cannot be used any more either way.
      }
    }
  }
}
