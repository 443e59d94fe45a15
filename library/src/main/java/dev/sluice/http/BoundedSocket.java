package dev.sluice.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A socket that reads at most {@code maxBytes} between two writes, that is for one request, and
 * only the responses to requests. For a {@link Streamed} request, the bound grows with the bytes of
 * the body that were delivered. It connects as {@link Addresses} says, and reports there whether
 * its address answers.
 */
final class BoundedSocket extends Socket implements ResponseSocket {
  private final long maxBytes;
  private final @Nullable Addresses addresses;
  private final LostRequests lost;
  private volatile boolean answered;
  private volatile boolean atEnd;
  private @Nullable ResponseFilter filter;
  private @Nullable ReadAhead ahead;

  // Used by one thread at a time: OkHttp's pool hands connections on under a lock.
  private long read;

  private @Nullable Streamed<?> streamed;

  BoundedSocket(long maxBytes, @Nullable Addresses addresses, LostRequests lost) {
    this.maxBytes = maxBytes;
    this.addresses = addresses;
    this.lost = lost;
  }

  @Override
  public void connect(SocketAddress to, int millis) throws IOException {
    InetAddress address = to instanceof InetSocketAddress internet ? internet.getAddress() : null;
    if (addresses == null || address == null) {
      super.connect(to, millis);
      return;
    }
    try {
      super.connect(to, addresses.connectMillis(address));
    } catch (IOException e) {
      addresses.didNotConnect(address);
      throw e;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    InetAddress address = getInetAddress();
    if (addresses != null && address != null && !answered && !isClosed()) {
      addresses.wasSilent(address);
    }
    super.close();
  }

  /** {@return whether the end of the stream was read} */
  boolean isAtEnd() {
    return atEnd;
  }

  /** {@return the requests that servers have lost; those of all sockets of the client} */
  LostRequests lost() {
    return lost;
  }

  private void answers() {
    InetAddress address = getInetAddress();
    if (addresses != null && address != null && !answered) {
      answered = true;
      addresses.worked(address);
    }
  }

  /**
   * Does nothing when the socket is closed. A call that is cancelled between connect and request
   * leaves a closed connection in OkHttp's pool. If this method threw, the next call would take the
   * same connection from the pool again, without end; after a failed write it takes another.
   */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    try {
      super.setSoTimeout(millis);
    } catch (SocketException e) {
      if (!isClosed()) {
        throw e;
      }
    }
  }

  /** Before a request is written: which bound the bytes of its response have. */
  void bound(Request request) {
    streamed = Streamed.of(request);
  }

  private long allowed() {
    Streamed<?> body = streamed;
    return maxBytes + (body == null ? 0 : body.allowedBytes());
  }

  @Override
  public void expect(Request request) {
    bound(request);
    ResponseFilter responses = filter;
    if (responses != null) {
      responses.expect(request);
    }
  }

  @Override
  public void bodyEnded() {
    ResponseFilter responses = filter;
    if (responses != null) {
      responses.bodyEnded();
    }
  }

  /** All streams of a socket share one filter: it remembers what it has read. */
  @Override
  public InputStream getInputStream() throws IOException {
    InputStream bounded = bounded(ahead());
    ResponseFilter responses = filter;
    if (responses == null) {
      responses = new ResponseFilter(this, bounded, bounded::available, lost);
      filter = responses;
    }
    return new FilteredInput(bounded, responses);
  }

  /** Shared by all streams of the socket: it has bytes that were read and not delivered. */
  private InputStream ahead() throws IOException {
    ReadAhead shared = ahead;
    if (shared == null) {
      shared = new ReadAhead(super.getInputStream(), this::readsLongBody);
      ahead = shared;
    }
    return shared;
  }

  private boolean readsLongBody() {
    Streamed<?> body = streamed;
    return body != null && body.isLong();
  }

  private InputStream bounded(InputStream socketInput) {
    return new BulkInput(socketInput) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        read += Math.max(count, 0);
        if (count > 0) {
          answers();
        } else if (count < 0) {
          atEnd = true;
        }
        if (read > allowed()) {
          throw new IOException("more than " + allowed() + " bytes in answer to one request");
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ResponseFilter responses = filter;
        if (responses != null) {
          responses.beforeWrite();
        }
        read = 0;
        out.write(bytes, offset, length);
      }
    };
  }
}
