package dev.sluice.http;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that read a bounded number of bytes for each request. The limit of a body counts
 * its content only. OkHttp does not bound the framing, such as the extension of a chunk, and would
 * keep an endless one in memory.
 */
final class BoundedSocketFactory extends SocketFactory {
  /** For the head, which OkHttp limits to a quarter of this, and for many small chunks. */
  private static final long HEADS = 1 << 20;

  private static final String UNSUPPORTED = "only unconnected sockets are supported";

  private final long maxBytes;
  private final LostRequests lost = new LostRequests();
  private volatile @Nullable Addresses addresses;

  BoundedSocketFactory(HttpOptions options) {
    this.maxBytes = HEADS + 2 * options.maxBodyBytes();
  }

  /** Before the first socket: the client is built before its resolver is known. */
  void connectBy(Addresses clocks) {
    this.addresses = clocks;
  }

  @Override
  public Socket createSocket() {
    return new BoundedSocket(maxBytes, addresses, lost);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }
}
