package dev.sluice.http;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that bring a bounded number of bytes for each request. The cap on a body counts what the
 * body holds; OkHttp puts no bound to what frames it, such as the extension of a chunk, and would
 * gather that in memory for as long as it comes.
 */
final class BoundedSocketFactory extends SocketFactory {
  /** For heads, which OkHttp bounds to a quarter of that, and for bodies in many small chunks. */
  private static final long HEADS = 1 << 20;

  private static final String FOR_OKHTTP = "OkHttp makes sockets first and connects them later";

  private final long maxBytes;

  BoundedSocketFactory(HttpOptions options) {
    this.maxBytes = HEADS + 2 * options.maxBodyBytes();
  }

  @Override
  public Socket createSocket() {
    return new BoundedSocket(maxBytes);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException(FOR_OKHTTP);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException(FOR_OKHTTP);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException(FOR_OKHTTP);
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException(FOR_OKHTTP);
  }
}
